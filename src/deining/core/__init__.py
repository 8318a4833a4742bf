"""What every room stands on: brands and members, the log, secrets, duties, jobs, clock. Floor 1."""
