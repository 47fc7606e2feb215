"""Jinja2 for templates that are all escaped and never change: compiled to fewer calls, looked up once."""

from collections.abc import MutableMapping
from keyword import iskeyword
from typing import Any

from django.utils.safestring import SafeString
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from markupsafe import Markup, _escape_inner, escape

_PIECES = ("yield from context.blocks[", "yield from parent_template.root_render_func(")


def _text(value: Any) -> str:
    """Return `value` escaped like markupsafe.escape, without wrapping in Markup what is only joined."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup or kind is SafeString else escape(value)


class _Macro(Macro):
    """A macro of templates that are all escaped: called with just its arguments, it has nothing to find out."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what the macro writes."""
        if named or self.caller or len(arguments) != self._argument_count:
            return super().__call__(*arguments, **named)
        return Markup(self._func(*arguments))  # noqa: S704 (markup already)


class _CodeGenerator(CodeGenerator):
    """Compiles `{{ ... }}` to a call of `_text`: a page has some hundred of them."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("environment.text(")
        if finalize.src is not None:
            self.write(finalize.src)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Call straight away what no context is handed to; finding that out takes longer than most calls."""
        given = [each.key for each in node.kwargs]
        is_plain = not (node.dyn_args or node.dyn_kwargs or any(map(iskeyword, given)))
        if forward_caller or not is_plain or self._wants_context(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write(")")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Hand on whole what a block or the page around it has made, not each of its hundred pieces by itself."""
        if x.startswith(_PIECES):
            x = f"yield environment.concat({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make our own macros, in the place of Jinja2's."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _wants_context(self, called: nodes.Expr) -> bool:
        known = self.environment.globals.get(called.name) if isinstance(called, nodes.Name) else None
        return hasattr(known, "jinja_pass_arg")


class FastEnvironment(Environment):
    """Everything escaped, nothing reloaded, every template with the same globals."""

    code_generator_class = _CodeGenerator
    text = staticmethod(_text)
    Macro = _Macro

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str | Template, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return a template; none changes while the process lives, and each page imports from ten."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give every template the same globals: none has any of its own, and comparing chained maps of
        them at each import took a fifth of a page's time."""
        return self.globals if d is None else super().make_globals(d)
