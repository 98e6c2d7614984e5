"""The command `tingfeng`: options in, one operation, JSON or a readable table out."""

from tingfeng.cli import asking, correcting, importing, learning, pulling, rescoring, scoring, serving, watching
from tingfeng.cli.group import Commands

main = Commands(
    name="tingfeng",
    help="Tingfeng listens to what is said about your brands and KOLs, in Chinese and in English.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for command in (
    serving.demo,
    importing.formats,
    importing.import_,
    importing.imports,
    importing.rejects,
    pulling.pull,
    pulling.watch,
    scoring.sentiment,
    watching.watchlist,
    asking.measure,
    asking.export,
    correcting.correct,
    correcting.tag,
    correcting.hide,
    learning.learn,
    learning.rules,
    rescoring.rescore,
    serving.serve,
    serving.doctor,
):
    main.add_command(command)
