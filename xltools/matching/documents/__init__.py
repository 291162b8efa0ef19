"""What a published report holds of a form: its title, its sections and its tables."""
