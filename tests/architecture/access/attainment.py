"""Results, runs, reported figures, confirmed months and plans."""

LISTED = {
    "reported_figure": "records -import +submit:keep +withdraw:rule +approve:rule +return:rule",
    "confirmed_month": "records -import -change -remove +take_back:keep",
    "improvement_plan": "records -import +finish:keep +cancel:keep",
    "plan_follow_up": "records -import -change -remove",
}

GET = {
    "admin:attainment_attainmentrun_add": "302 302 302 302 200 403 403 302",
    "admin:attainment_attainmentrun_change": "302 302 302 302 200 403 403 302",
    "admin:attainment_attainmentrun_changelist": "302 302 302 302 200 403 403 302",
    "admin:attainment_attainmentrun_delete": "302 302 302 302 403 403 403 302",
    "admin:attainment_attainmentrun_history": "302 302 302 302 200 302 302 302",
    "api:attainment-evidence": "401 403 400 400 400 403 403 400",
    "api:attainments": "401 403 400 400 400 403 403 400",
    "api:attainment-history": "401 403 400 400 400 403 403 400",
    "api:attainment_run-detail": "401 403 403 403 200 403 403 403",
    "api:attainment_run-list": "401 403 403 403 200 403 403 403",
    "attainment:attainment_run_add": "302 403 403 403 200 403 403 302",
    "attainment:attainment_run_detail": "302 403 403 403 200 403 403 302",
    "attainment:attainment_run_export": "302 403 403 403 200 403 403 302",
    "attainment:attainment_run_list": "302 403 403 403 200 403 403 302",
    "attainment:allocation": "302 403 403 404 404 403 403 302",
    "attainment:children": "302 403 200 404 200 403 403 302",
    "attainment:months": "302 403 200 200 200 403 403 302",
    "attainment:children_export": "302 403 200 404 200 403 403 302",
    "attainment:comparison": "302 403 200 404 200 403 403 302",
    "attainment:dashboard_export": "302 403 200 404 200 403 403 302",
    "attainment:indicator_export": "302 403 200 404 200 403 403 302",
    "attainment:dashboard": "302 403 200 200 200 403 403 302",
    "attainment:indicator": "302 403 200 404 200 403 403 302",
    "attainment:place_choices": "302 403 404 404 404 403 403 302",
    "attainment:place_go": "302 403 404 404 404 403 403 302",
    "attainment:evidence": "302 403 400 400 400 403 403 302",
    "attainment:evidence_export": "302 403 400 400 400 403 403 302",
    "attainment:reported_figure_remove": "302 403 403 403 200 403 403 302",
    "attainment:improvement_plan_remove": "302 403 403 403 200 403 403 302",
    "api:confirmed_month-take_back": "401 403 405 405 405 403 403 403",
}

VERBS = {
    "confirmed_month": {
        "post": "401 403 400 400 400 403 403 403",
    },
    "improvement_plan": {
        "delete": "401 403 403 403 204 403 403 403",
    },
    "reported_figure": {
        "delete": "401 403 403 403 204 403 403 403",
    },
    "attainment_run": {
        "post": "401 403 403 403 201 403 403 403",
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    },
}

OF = {
    "attainment:allocation": "policies:indicator",
    "attainment:indicator": "policies:indicator",
    "attainment:indicator_export": "policies:indicator",
}
