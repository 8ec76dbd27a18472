CAST = ("anonymous", "no_post", "street_clerk", "next_street_clerk", "bureau_admin", "system_admin", "auditor", "partner")
GET: dict[str, str] = {}
VERBS: dict[str, dict[str, str]] = {}
