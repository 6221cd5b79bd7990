"""What the service sent to a contact by the person's agreement: opened, read, answered."""
