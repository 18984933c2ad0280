"""Which rules about an address as it is written say why nothing of the site is there."""

CAUSES = (
    *("URL001", "URL003", "URL006", "URL009", "URL010", "URL011", "URL014", "URL015", "URL016", "URL017"),
    *("URL026", "URL028"),
)
