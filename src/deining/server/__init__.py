"""The running installation: preparing the data folder, the web server, the worker, backups. Floor 8."""
