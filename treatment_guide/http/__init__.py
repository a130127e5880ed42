"""What every room that answers requests shares: kind pages for faults, which methods are taken."""
