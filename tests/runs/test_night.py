"""README's lines for cron and systemd, run as those run them: without an environment, with paths of the test."""
import re
import shutil
import subprocess
import unittest

from tests.runs.history import History
from tests.samples import ROOT, SEEDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


class Night(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        self.history.add(*(path.name for path in SEEDS.glob("*.txt")))

    def here(self, text: str) -> str:
        """The text with the paths of this test."""
        for path, other in (("/usr/local/bin/copydesk", self.history.program), ("/data/pages", self.history.pages),
                            ("/data/tables", self.history.output), ("/var/lib/node_exporter", self.history.folder)):
            text = text.replace(path, str(other))
        return text

    def test_the_line_for_cron_works_without_an_environment(self):
        line = re.search(r"```crontab\n(?:\S+ ){5}\s*(.*)\n```", README)[1]
        ended = subprocess.run(["/bin/sh", "-c", self.here(line)], env={}, capture_output=True, cwd="/", check=False)
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, b"", b""))
        self.assertTrue((self.history.folder / "copydesk.prom").exists())
        self.assertGreater(len(self.history.sources()), 5)

    def test_the_units_for_systemd_are_right_and_their_command_works(self):
        service, timer = (self.here(unit) for unit in re.findall(r"```ini\n(.*?)```", README, re.DOTALL))
        command = re.search(r"ExecStart=(.*)", service)[1]
        ended = subprocess.run(command.split(), env={}, capture_output=True, cwd="/", check=False)
        self.assertEqual((ended.returncode, ended.stdout), (0, b""))
        for line in ended.stderr.decode().splitlines():
            self.assertRegex(line, r"^\{.*\}$", "a line of JSON each, for the journal")
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd to check the units with")
        units = [self.history.folder / name for name in ("copydesk.service", "copydesk.timer")]
        for path, text in zip(units, (service, timer)):
            path.write_text(text, encoding="utf-8")
        checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
