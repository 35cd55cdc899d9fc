"""What watches over the house itself: never imported by what runs."""
