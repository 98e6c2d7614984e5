"""Every operation that needs the store, by the name under which one process asks another for it."""

from collections.abc import Callable
from typing import Any, Final

from tingfeng.intake.progress import Progress
from tingfeng.operations import correcting, exporting, importing, learning, measuring, pulling, rescoring, watching
from tingfeng.operations.context import Workspace
from tingfeng.operations.doctor import examine_store

Operation = Callable[[Workspace, dict[str, Any], Progress], Any]

OPERATIONS: Final[dict[str, Operation]] = {
    "demo": importing.demo,
    "import": importing.import_,
    "imports": importing.imports,
    "undo": importing.undo,
    "rejects": importing.rejects,
    "retry": importing.retry,
    "watchlist_list": watching.list_,
    "watchlist_show": watching.show,
    "watchlist_save": watching.save,
    "watchlist_delete": watching.delete,
    "watchlist_restore": watching.restore,
    "watchlist_test": watching.test,
    "measure": measuring.measure,
    "export": exporting.export,
    "correct": correcting.correct,
    "correct_file": correcting.correct_file,
    "tag": correcting.tag,
    "hide": correcting.hide,
    "learning": learning.state,
    "learn": learning.learn_now,
    "learn_forget": learning.forget,
    "rules": learning.rules,
    "rule_add": learning.add_rule,
    "rule_remove": learning.remove_rule,
    "pull": pulling.pull_,
    "pull_failed": pulling.pull_failed,
    "sources": pulling.sources,
    "rescore": rescoring.rescore,
    "doctor": examine_store,
}
