"""One file for each kind of rule, called as a scheme calls the kind; ``registry`` finds it by its being here."""
