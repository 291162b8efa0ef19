"""The kinds of findings by what they ask for: what a report groups and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltools.diagnostics.findings import Finding, Severity
from xltools.diagnostics.text import Language, Text


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One kind: its heading, its short name, how its number reads, and which findings belong to it."""

    heading: Text
    name: Text
    count: Text
    severity: Severity
    blocks: bool

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is of this kind."""
        return finding.severity is self.severity and finding.blocks is self.blocks


FINDING_GROUPS = (
    FindingGroup(
        Text("须改正", "To be corrected"),
        Text("错误性", "error"),
        Text("须改正 {} 处", "{} to correct"),
        Severity.ERROR,
        blocks=True,
    ),
    FindingGroup(
        Text(
            "待说明：核实后改正，数字无误就在“审核”表写明原因",
            "To be explained: correct it, or give the reason on sheet 审核",
        ),
        Text("核实性", "explain"),
        Text("待说明 {} 处", "{} to explain"),
        Severity.EXPLAIN,
        blocks=True,
    ),
    FindingGroup(
        Text("已说明", "Explained"),
        Text("核实性（已说明）", "explain (done)"),
        Text("已说明 {} 处", "{} explained"),
        Severity.EXPLAIN,
        blocks=False,
    ),
    FindingGroup(
        Text("提示", "Notes"),
        Text("提示性", "note"),
        Text("提示 {} 处", "{} to note"),
        Severity.NOTE,
        blocks=False,
    ),
)
"""Every kind, the most pressing first; each finding belongs to exactly one."""


def group_of(finding: Finding) -> FindingGroup:
    """The kind a finding belongs to."""
    return next(group for group in FINDING_GROUPS if group.holds(finding))


def by_weight(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, then what is to be explained, what is explained, and notes; else in their order."""
    return sorted(findings, key=lambda finding: FINDING_GROUPS.index(group_of(finding)))


def count_words(findings: Sequence[Finding], language: Language) -> list[str]:
    """How many there are of each kind, in words; nothing for kinds of which there are none."""
    counts = [(group, sum(map(group.holds, findings))) for group in FINDING_GROUPS]
    return [group.count.in_language(language).format(count) for group, count in counts if count]
