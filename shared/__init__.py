"""What every service stands on: knows HTTP, SQL and the bus, knows no business."""
