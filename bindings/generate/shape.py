# SPDX-License-Identifier: MIT
"""How one binding shows one struct of the header.

A field follows the rules of its language unless a table of its Shape names it. So a field that is new
in the header appears in every binding, with the comment that it has in the header.
"""
import dataclasses
from typing import Any, Dict, Tuple


@dataclasses.dataclass(frozen=True)
class Shape:
    """The tables of a struct. The keys of each are fields of the struct.

    Attributes:
        struct: the name in C.
        name: the name of the class.
        doc: the comment of the class.
        first: the fields that come first, where the order is not that of the header.
        left_out: the fields that the class does not have.
        words: comments that replace those of the header; "" for no comment.
        defaults: initial values that replace those of the _INIT macro.
        types: types that replace those of the rules.
        optional: the fields that may be absent; True for all fields.
        setters: setters that are written by hand, as their whole text; None where a field has no setter.
        names: names that replace those of the rules.
        lines: members that are written by hand, as their whole text. They are not copied from or to C.
        extra: members that belong to no field, as their whole text.
    """

    struct: str
    name: str
    doc: str
    first: Tuple[str, ...] = ()
    left_out: Tuple[str, ...] = ()
    words: Dict[str, str] = dataclasses.field(default_factory=dict)
    defaults: Dict[str, str] = dataclasses.field(default_factory=dict)
    types: Dict[str, str] = dataclasses.field(default_factory=dict)
    optional: Any = ()
    setters: Dict[str, Any] = dataclasses.field(default_factory=dict)
    names: Dict[str, str] = dataclasses.field(default_factory=dict)
    lines: Dict[str, str] = dataclasses.field(default_factory=dict)
    extra: str = ""

    def fields(self, header):
        """The fields that the class has, in its order."""
        fields = [field for field in header.fields(self.struct) if field.name not in self.left_out]
        place = {name: number for number, name in enumerate(self.first)}
        return sorted(fields, key=lambda field: place.get(field.name, len(place)))

    def may_lack(self, field):
        """Whether the tables say that a field may be absent."""
        return self.optional is True or field.name in self.optional

    @staticmethod
    def presence(header, struct, field):
        """The name of the flag that says whether a field counts, e.g. "has_seed", or None."""
        flag = f"has_{field.name}"
        return flag if any(one.name == flag for one in header.fields(struct)) else None
