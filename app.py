"""Starts the page with the settings of this folder: ``python app.py``. The same as ``raadpleeg serve``."""

from raadpleeg.settings import load_settings
from raadpleeg.web.serving import serve

if __name__ == "__main__":
    serve(load_settings())
