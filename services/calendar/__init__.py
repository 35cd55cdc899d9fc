"""Every date of every service, as feeds; the home page of coming dates."""
