"""The command ``wellfounded``: one module per subcommand, each imported only when it is run."""
