"""Deputies: colleagues of a unit who stand in for one of its nominators while that one is on leave."""
