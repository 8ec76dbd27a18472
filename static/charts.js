/* Pictures of numbers. Each is drawn from its data-json; its words come from the page, its colours
   from portal.css, and the same numbers stand in a table beside it. */
(() => {
  const styles = getComputedStyle(document.documentElement);
  const token = (name) => styles.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;

  const drawn = new WeakMap();
  const charts = [];

  const draw = (element, option) => {
    const chart = echarts.init(element, null, { renderer: "svg" });
    const whole = { animation: false, textStyle: { fontFamily: font, color: token("ink-2"), fontSize: 12 }, ...option };
    chart.setOption(whole);
    drawn.set(element, whole);
    charts.push(chart);
    window.addEventListener("resize", () => chart.resize());
    return chart;
  };

  /* On paper a picture has the width of a panel on A4, whatever window it was drawn in; portal.css stretches it over the rest. */
  const SHEET = { history: [669, 280], map: [669, 380] };
  const fit = (onPaper) => {
    for (const chart of charts.filter((each) => each.getDom().isConnected)) {
      const [width, height] = onPaper ? SHEET[chart.getDom().dataset.chart] : ["auto", "auto"];
      chart.resize({ width, height });
      chart.getZr().flush();
      const svg = chart.getDom().querySelector("svg");
      if (onPaper) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      else svg.removeAttribute("viewBox");
    }
  };
  window.addEventListener("beforeprint", () => fit(true));
  window.addEventListener("afterprint", () => fit(false));

  const told = (number, unit) => {
    if (number == null) return "—";
    const text = number.toLocaleString("en-US", { maximumFractionDigits: 2 });
    return unit === "%" ? `${text}%` : `${text} ${unit}`.trim();
  };

  const spot = (style, size, coord, label) => ({ symbol: style.symbol, symbolSize: size, itemStyle: style.item, label, data: [{ coord }] });

  const history = (element, data) => {
    const words = element.dataset;
    const short = data.unit === "%" ? "%" : "";
    const last = data.values.length - 1;
    const known = data.values.filter((value) => value != null);
    const way = data.targets.map(([month, value]) => [month, value]);
    if (way.length && data.baseline != null) way.unshift([data.start, data.baseline]);
    const numbers = known.concat(way.map((point) => point[1]));
    const low = Math.min(...numbers), high = Math.max(...numbers);
    const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
    const series = [
      {
        name: words.value, type: "line", data: data.values, symbol: "none", connectNulls: false,
        lineStyle: { color: token("accent"), width: 2.25 }, itemStyle: { color: token("accent") },
        markLine: { symbol: "none", silent: true, lineStyle: { color: token("line-3"), type: "solid", width: 1 },
          label: { formatter: words.now, color: token("ink-3"), position: "insideStartTop", distance: 4, rotate: 0 },
          data: last < data.months.length - 1 ? [{ xAxis: data.now }] : [] },
      },
    ];
    if (data.values[last] != null) {
      series[0].markPoint = spot({ symbol: "circle", item: { color: token("accent") } }, 8, [data.now, data.values[last]],
        { position: "bottom", color: token("accent-deep"), fontWeight: 600, fontSize: 13, formatter: told(data.values[last], short) });
    }
    if (way.length) {
      series.push({
        name: words.path, type: "line", symbol: "none", data: way,
        lineStyle: { color: token("ink-3"), width: 1.25, type: [4, 3] }, itemStyle: { color: token("ink-3") },
        markPoint: { symbol: "diamond", symbolSize: 9, itemStyle: { color: token("ink") },
          label: { position: "top", distance: 5, color: token("ink"), fontSize: 12, formatter: (point) => point.name },
          data: data.targets.map(([month, value]) => ({ name: `${month}  ${told(value, short)}`, coord: [month, value],
            label: { position: data.months.indexOf(month) > data.months.length * 0.8 ? "left" : "top" } })) },
      });
    }
    if (data.expected && data.values[last] != null && way.length) {
      series.push({
        name: words.forecast, type: "line", symbol: "none", data: [[data.now, data.values[last]], [data.expected, way[way.length - 1][1]]],
        lineStyle: { color: token("accent"), width: 1.5, type: [2, 3] }, itemStyle: { color: token("accent") },
      });
    }
    draw(element, {
      grid: { left: 8, right: 24, top: 28, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", valueFormatter: (value) => told(Array.isArray(value) ? value[1] : value, data.unit) },
      xAxis: { type: "category", data: data.months, boundaryGap: false, axisTick: { show: false },
        axisLine: { lineStyle: { color: token("line-2") } }, axisLabel: { color: token("ink-3"), hideOverlap: true } },
      yAxis: { type: "value", min: Math.max(low - room, low >= 0 ? 0 : -Infinity), max: high + room,
        axisLabel: { color: token("ink-3"), showMinLabel: false, showMaxLabel: false, formatter: (value) => told(value, short) },
        splitLine: { lineStyle: { color: token("line") } } },
      series,
    });
  };

  const map = async (element, data) => {
    const answer = await fetch(data.outline);
    if (!answer.ok) return;
    const outline = await answer.json();
    const inside = new Map(data.places.map((place) => [place.code, place]));
    outline.features = outline.features.filter((feature) => inside.has(feature.properties.adcode));
    echarts.registerMap("places", outline);
    const lacking = data.places.filter((place) => place.lacking).sort((a, b) => b.lacking - a.lacking);
    const named = new Set(lacking.slice(0, element.clientWidth < 500 ? 3 : 8).map((place) => place.code));
    const colours = { r0: "ref-0", r1: "ref-1", r2: "ref-2", r3: "ref-3", r4: "ref-4", rx: "sunk" };
    const chart = draw(element, {
      tooltip: { formatter: (point) => (point.data ? `${point.data.full}<br>${point.data.told}` : "") },
      series: [{
        type: "map", map: "places", nameProperty: "adcode", aspectScale: 0.86, layoutCenter: ["50%", "50%"], layoutSize: "100%",
        roam: false, label: { show: false }, select: { disabled: true },
        emphasis: { label: { show: false }, itemStyle: { areaColor: token("accent-tint") } },
        itemStyle: { borderColor: "#b4a88f", borderWidth: 0.6, areaColor: token("sunk") },
        data: data.places.map((place) => ({
          name: place.code, value: place.value, full: place.name, told: place.told, url: place.url,
          itemStyle: { areaColor: token(colours[place.colour]) },
          label: { show: named.has(place.code), color: token("ink"), fontSize: 12, formatter: place.short },
        })),
      }],
    });
    chart.on("click", (point) => { if (point.data) window.location = point.data.url; });
  };

  const kinds = { history, map };
  const all = (within) => {
    for (const element of within.querySelectorAll("[data-chart]:empty")) {
      kinds[element.dataset.chart](element, JSON.parse(element.dataset.json));
    }
  };

  /* The picture as a file: drawn anew at twice the size, under a line that says what it is and whether it is made up. */
  const save = (element) => {
    const scale = 2, head = 64, width = element.clientWidth, height = element.clientHeight;
    const beside = document.createElement("div");
    const chart = echarts.init(beside, null, { renderer: "canvas", width, height, devicePixelRatio: scale });
    chart.setOption(drawn.get(element));
    const sheet = document.createElement("canvas");
    sheet.width = width * scale;
    sheet.height = (height + head) * scale;
    const pen = sheet.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = token("surface");
    pen.fillRect(0, 0, width, height + head);
    const words = (selector) => (document.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
    pen.fillStyle = token("ink");
    pen.font = `600 16px ${font}`;
    pen.fillText(element.dataset.title || words("h1"), 16, 26, width - 32);
    pen.fillStyle = token("ink-3");
    pen.font = `12px ${font}`;
    pen.fillText([words(".pg .sub"), words(".bar .demo")].filter(Boolean).join(" · "), 16, 48, width - 32);
    pen.drawImage(chart.getRenderedCanvas({ pixelRatio: scale }), 0, head, width, height);
    chart.dispose();
    const link = document.createElement("a");
    link.download = `${element.dataset.title || words("h1")}.png`;
    sheet.toBlob((file) => {
      link.href = URL.createObjectURL(file);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }, "image/png");
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    const element = button && document.querySelector(`[data-chart="${button.dataset.picture}"]`);
    if (element && drawn.has(element)) save(element);
  });
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
