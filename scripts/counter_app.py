"""The floor: a bare counter, built the same lean way the portal is built."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = '''"""One button, one number, nothing else."""

import reflex as rx


class Count(rx.State):
    """A number that grows."""

    total: int = 0

    @rx.event
    async def add(self):
        """Add one."""
        self.total += 1


def page() -> rx.Component:
    """Show the number and the button."""
    return rx.el.main(
        rx.el.button("Add one", on_click=Count.add, class_name="press"),
        rx.el.span(Count.total, id="total", class_name="row"),
    )


app = rx.App()
app.add_page(page, route="/", title="Counter")
'''


def write(folder: Path) -> Path:
    """Write the counter with the portal's own Reflex settings and locked packages."""
    package = folder / "counter"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "counter.py").write_text(SOURCE, "utf-8")
    settings = (ROOT / "rxconfig.py").read_text("utf-8")
    named = settings.replace('app_name="mobile_selfservice"', 'app_name="counter"')
    (folder / "rxconfig.py").write_text(named, "utf-8")
    shutil.copytree(ROOT / "reflex.lock", folder / "reflex.lock")
    return folder


def build(folder: Path, environment: dict[str, str]) -> None:
    """Build its one page."""
    asked = subprocess.run(
        ("npm", "config", "get", "registry"),
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    from_where = {"NPM_CONFIG_REGISTRY": asked.stdout.strip()}
    export = (sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip")
    subprocess.run(
        export,
        cwd=folder,
        env=from_where | environment,
        check=True,
        capture_output=True,
    )
