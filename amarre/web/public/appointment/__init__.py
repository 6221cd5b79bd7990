"""An appointment by its link, without an account: `/rdv/<secret>/`."""
