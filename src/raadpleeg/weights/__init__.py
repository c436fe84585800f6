"""How weights get onto this machine: fetched, hashed, and for the default encoder dequantised."""
