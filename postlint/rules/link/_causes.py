"""Which rules about an address as it is written say why the web does not know it."""

CAUSES = (
    *("URL001", "URL002", "URL003", "URL005", "URL006", "URL008", "URL009", "URL010", "URL011", "URL012"),
    *("URL015", "URL017", "URL023", "URL025", "URL026", "URL027", "URL028"),
)
