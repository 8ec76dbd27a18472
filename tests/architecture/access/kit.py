"""The admin as a whole, and what describes the API."""

GET = {
    "admin:app_list": "302 302 302 302 200 404 404 302",
    "admin:autocomplete": "302 302 302 302 403 403 403 302",
    "admin:index": "302 302 302 302 200 200 200 302",
    "admin:jsi18n": "302 302 302 302 200 200 200 302",
    "admin:login": "302 403 403 403 403 403 403 302",
    "admin:logout": "302 302 302 302 405 405 405 302",
    "api:docs": "401 200 200 200 200 200 200 200",
    "api:schema": "401 200 200 200 200 200 200 200",
}
