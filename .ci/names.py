"""Whether every name of the protos can be used as it is written, in every language that people
compile them for.

    names.py check IMAGE             the descriptor alone: keywords, names that plugins mangle, names that hide others
    names.py python IMAGE FOLDER     looks every name up in the Python SDK, whose sources are in FOLDER
    names.py typescript IMAGE        prints a program that uses every name; so do `go` and `java`

IMAGE is the descriptor as JSON: buf build proto -o image.json. Needs nothing but Python; `python`
needs what that code imports.
"""

import ast
import importlib
import json
import re
import sys

PACKAGE = "upnext.v1"
OPTIONS = ["goPackage", "javaPackage", "javaMultipleFiles", "javaOuterClassname", "csharpNamespace", "phpNamespace", "rubyPackage"]

# (language, name) that the checks would refuse, and why we live with it. One that isn't needed any
# more is refused too.
EXCEPTIONS = {
    ("Java", "upnext.v1.Record"): "the product's word; java.lang.Record is hidden only by `import dev.upnext.v1.*`, so import by name",
    ("TypeScript", "upnext.v1.Event"): "what every account of history consists of; a page that also needs the DOM's Event imports ours under another name",
    ("TypeScript", "upnext.v1.Record"): "the product's word; whoever also needs TypeScript's Record<K, V> imports ours under another name",
    ("Rust", "upnext.v1.SellerAttribute.type"): "like that of Attribute",
    ("Rust", "upnext.v1.Attribute.type"): "prost writes `r#type`, as every Rust API does for this word; the others write it as it is",
}

PYTHON = set("""False None True and as assert async await break class continue def del elif else except finally for from global if
    import in is lambda nonlocal not or pass raise return try while with yield self""".split())
GO = set("""break case chan const continue default defer else fallthrough for func go goto if import interface map package range
    return select struct switch type var""".split())
JAVA = set("""abstract assert boolean break byte case catch char class const continue default do double else enum extends final
    finally float for goto if implements import instanceof int interface long native new package private protected public return
    short static strictfp super switch synchronized this throw throws transient try void volatile while true false null _""".split())
TYPESCRIPT = set("""await break case catch class const continue debugger default delete do else enum export extends false finally
    for function if implements import in instanceof interface let new null package private protected public return static super
    switch this throw true try typeof var void while with yield any bigint boolean never number object string symbol undefined
    unknown arguments eval""".split())
RUST = set("""abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl
    in let loop macro match mod move mut override priv pub ref return self Self static struct super trait true try type typeof
    unsafe unsized use virtual where while yield""".split())

# Accessors that every generated message has already: a field of that name gets another one.
GO_METHODS = set("Reset String ProtoMessage ProtoReflect Descriptor".split())
JAVA_ACCESSORS = set("""class allFields cachedSize defaultInstance defaultInstanceForType descriptor descriptorForType
    initializationErrorString parserForType serializedSize unknownFields""".split())
TYPESCRIPT_PROPERTIES = set("constructor toString toJSON valueOf".split())

# Types that everybody uses without importing them: one of ours hides them where it is imported.
HIDDEN = {
    "Java": set("""Boolean Byte Character Class ClassLoader Comparable Double Enum Error Exception Float Integer Iterable Long Math
        Module Number Object Override Package Process Record Runnable Runtime Short String System Thread Throwable Void""".split()),
    "TypeScript": set("""Array ArrayBuffer Awaited Boolean Date Error Event EventTarget Exclude Extract Function Headers Iterable
        Iterator Map Math Message Node NonNullable Number Object Omit Parameters Partial Pick Promise Proxy Readonly Record RegExp
        Request Required Response ReturnType Set String Symbol URL Uint8Array WeakMap""".split()),
    "Rust": set("""Box Clone Copy Default Drop Eq Err Fn From Into Iterator None Ok Option Ord Result Send Some String Sync
        ToString Vec""".split()),
}


def upper_camel(name):
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def lower_camel(name):
    camel = upper_camel(name)
    return camel[:1].lower() + camel[1:]


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def go_camel(name):
    return re.sub(r"(^|_)([a-z])", lambda match: match[2].upper(), name)


def java_camel(name):
    return re.sub(r"(?<=[0-9])[a-z]", lambda match: match[0].upper(), upper_camel(name))


class Message:
    def __init__(self, path, proto):
        self.path, self.proto = path, proto
        entries = {m["name"]: m for m in proto.get("nestedType", []) if m.get("options", {}).get("mapEntry")}
        self.fields = proto.get("field", [])
        # The synthetic oneof of an `optional` field is nobody's name.
        synthetic = {f["oneofIndex"] for f in self.fields if f.get("proto3Optional")}
        self.oneofs = [o["name"] for i, o in enumerate(proto.get("oneofDecl", [])) if i not in synthetic]
        self.maps = {f["name"] for f in self.fields if f.get("typeName", "").rpartition(".")[2] in entries}
        self.enums = proto.get("enumType", [])
        self.nested = [Message(path + [m["name"]], m) for m in proto.get("nestedType", []) if m["name"] not in entries]

    def all(self):
        yield self
        for message in self.nested:
            yield from message.all()

    def oneof(self, field):
        if "oneofIndex" in field and not field.get("proto3Optional"):
            return self.proto["oneofDecl"][field["oneofIndex"]]["name"]


class File:
    def __init__(self, proto):
        self.path, self.options = proto["name"], proto.get("options", {})
        self.messages = [m for top in proto.get("messageType", []) for m in Message([top["name"]], top).all()]
        self.services = proto.get("service", [])
        top = [([], e) for e in proto.get("enumType", [])]
        # Each enum with the message that it is nested in, if any.
        self.enums = top + [(m.path, e) for m in self.messages for e in m.enums]
        self.top_names = [m.path[0] for m in self.messages if len(m.path) == 1] + [e["name"] for _, e in top]

    def module(self):
        return self.path.removesuffix(".proto")

    def outer_class(self):
        return self.options.get("javaOuterClassname") or upper_camel(self.module().rpartition("/")[2])


def load(path):
    with open(path, encoding="utf-8") as image:
        return [File(f) for f in json.load(image)["file"] if f.get("package") == PACKAGE]


def check(files):
    """Yields (language, full name, what is wrong with it)."""
    for file in files:
        for message in file.messages:
            yield from check_message(message)
        for scope, enum in file.enums:
            yield from check_type(scope + [enum["name"]])
            for value in enum["value"]:
                yield from check_value(scope + [enum["name"]], value["name"])
        for service in file.services:
            yield from check_type([service["name"]])
            for method in service["method"]:
                yield from check_method(service["name"], method["name"])
    yield from check_options(files)


def full(*parts):
    return ".".join([PACKAGE, *parts])


def keywords(name, forms):
    for language, form in forms.items():
        words = {"Python": PYTHON, "Go": GO, "Java": JAVA, "TypeScript": TYPESCRIPT, "Rust": RUST}[language]
        if form in words:
            yield language, name, f"`{form}` is a keyword"


def check_type(path):
    name = path[-1]
    yield from keywords(full(*path), dict.fromkeys(["Python", "Go", "Java", "TypeScript", "Rust"], name))
    if len(path) == 1:
        for language, hidden in HIDDEN.items():
            if name in hidden:
                yield language, full(name), f"hides the language's own `{name}` where it is imported"


def check_message(message):
    yield from check_type(message.path)
    name = full(*message.path)
    if message.nested or message.enums or message.oneofs:
        yield from keywords(name, {"Rust": snake(message.path[-1])})
    nested = {n.path[-1] for n in message.nested} | {e["name"] for e in message.enums}
    names = {f["name"] for f in message.fields}
    for oneof in message.oneofs:
        yield from keywords(f"{name}.{oneof}", dict.fromkeys(["Python", "TypeScript", "Rust"], oneof))
    for field in message.fields:
        yield from check_field(message, name, field["name"], names)
        if message.oneof(field) and go_camel(field["name"]) in nested:
            wrapper = "_".join([*message.path, go_camel(field["name"])])
            yield "Go", f"{name}.{field['name']}", f"a oneof's field and a nested type are both `{wrapper}`: one becomes `{wrapper}_`"


def check_field(message, owner, field, others):
    name = f"{owner}.{field}"
    yield from keywords(name, {"Python": field, "Rust": field, "TypeScript": lower_camel(field)})
    if go_camel(field) in GO_METHODS:
        yield "Go", name, f"every message has a method `{go_camel(field)}`: the field becomes `{go_camel(field)}_`"
    if lower_camel(field) in JAVA_ACCESSORS:
        yield "Java", name, f"every message has a method `get{java_camel(field)}`"
    if lower_camel(field) in TYPESCRIPT_PROPERTIES:
        yield "TypeScript", name, f"every object has a property `{lower_camel(field)}`: the field becomes `{lower_camel(field)}$`"
    repeated = next(f for f in message.fields if f["name"] == field).get("label") == "LABEL_REPEATED"
    for suffix in ("count", "list") if repeated else ():
        if f"{field}_{suffix}" in others:
            yield "Java", name, f"`{field}_{suffix}` is a field too: both get their numbers into the names of their accessors"
    if field.startswith("get_") and field.removeprefix("get_") in others:
        yield "Go", name, f"`{field.removeprefix('get_')}` has a method of this name: the field gets a trailing underscore"


def check_value(path, value):
    yield from keywords(full(*path, value), {"Python": value, "Java": value, "TypeScript": value, "Rust": upper_camel(value.lower())})


def check_method(service, method):
    forms = {"Python": method, "Go": method, "Java": lower_camel(method), "TypeScript": lower_camel(method), "Rust": snake(method)}
    yield from keywords(full(service, method), forms)


def check_options(files):
    """What the plugins need said in each file: they are run as they are, without buf's managed
    mode."""
    types = {}
    for file in files:
        # One class per file ends up in the same Java package; file systems that ignore case would
        # keep only one of two.
        services = [s["name"] for s in file.services] + [s["name"] + "Grpc" for s in file.services]
        for name in file.top_names + services:
            types.setdefault(name.lower(), []).append(f"{name} of {file.path}")
    for file in files:
        missing = [option for option in OPTIONS if not file.options.get(option)]
        if missing:
            yield "all", file.path, "the file doesn't say " + ", ".join(snake(option) for option in missing)
        if "javaOuterClassname" in missing:
            continue
        for other in types.get(file.outer_class().lower(), []):
            yield "Java", file.path, f"its outer class `{file.outer_class()}` collides with {other}"
        types.setdefault(file.outer_class().lower(), []).append(f"the outer class of {file.path}")
    for option in set(OPTIONS) - {"javaOuterClassname"}:
        values = {str(file.options[option]) for file in files if option in file.options}
        if len(values) > 1:
            yield "all", PACKAGE, f"its files don't agree on {snake(option)}: " + ", ".join(sorted(values))


def run_check(files):
    found = list(check(files))
    used = {(language, name) for language, name, _ in found} & EXCEPTIONS.keys()
    problems = [f"{name}: {language}: {what}" for language, name, what in found if (language, name) not in used]
    problems += [f"{name}: {language}: the exception isn't needed any more" for language, name in EXCEPTIONS.keys() - used]
    for language, name in sorted(used):
        print(f"accepted: {name}: {language}: {EXCEPTIONS[language, name]}")
    return problems


def run_python(files, folder):
    sys.path.insert(0, folder)
    problems = []
    for file in files:
        path = file.module().replace("upnext/", "upnext_client/", 1)
        module = importlib.import_module(path.replace("/", ".") + "_pb2")
        for facade in ("services", "async_services"):
            classes = importlib.import_module(f"upnext_client.v1.{facade}")
            calls = [f"{s['name']}.{snake(m['name'])}" for s in file.services for m in s["method"]]
            missing = [call for call in calls if not python_has(classes, call.split("."))]
            problems += [f"{file.path}: Python: {name} is missing in {facade}" for name in missing]
        stub = f"{folder}/{path}_pb2.pyi"
        with open(stub, encoding="utf-8") as text:
            stubs = stub_names(ast.parse(text.read(), stub))
        problems += [
            f"{file.path}: Python: {'.'.join(path)} is missing in the {place}"
            for path in python_names(file)
            for place, there in (("stub (.pyi)", path in stubs), ("module", python_has(module, path)))
            if not there
        ]
    return problems


def python_names(file):
    for message in file.messages:
        yield tuple(message.path)
        for field in message.fields:
            yield (*message.path, field["name"])
    for scope, enum in file.enums:
        yield (*scope, enum["name"])
        for value in enum["value"]:
            yield (*scope, value["name"])


def python_has(found, path):
    for name in path:
        if not name.isidentifier() or name in PYTHON:
            return False
        # Fields are attributes of a message, not of its class.
        if not hasattr(found, name) and hasattr(found, "DESCRIPTOR") and isinstance(found, type):
            found = found()
        if not hasattr(found, name):
            return False
        found = getattr(found, name)
    return True


def stub_names(node, path=()):
    names = set()
    for child in node.body:
        if isinstance(child, ast.ClassDef):
            names |= {(*path, child.name)} | stub_names(child, (*path, child.name))
        elif isinstance(child, ast.AnnAssign):
            names.add((*path, child.target.id))
    return names


def print_typescript(files):
    for file in files:
        names = ["_".join(m.path) for m in file.messages]
        enums = ["_".join(scope + [e["name"]]) for scope, e in file.enums]
        values = [n + "Schema" for n in names + enums] + enums + [s["name"] for s in file.services]
        imports = ", ".join([f"type {n}" for n in names] + values)
        print(f'import {{ {imports} }} from "./{file.module()}_pb.js";')
        print(f"export const {file.module().replace('/', '_')} = [{', '.join(values)}];")
        for message in file.messages:
            uses = [f"m.{typescript_field(message, f)}" for f in message.fields]
            print(f"export function use_{'_'.join(message.path)}(m: {'_'.join(message.path)}) {{ return [{', '.join(uses)}]; }}")
        for (scope, enum), name in zip(file.enums, enums):
            uses = [f"{name}.{value}" for value in typescript_values(enum)]
            print(f"export const values_{name} = [{', '.join(uses)}];")
        for service in file.services:
            uses = [f"{service['name']}.method.{lower_camel(m['name'])}" for m in service["method"]]
            print(f"export const methods_{service['name']} = [{', '.join(uses)}];")


def typescript_field(message, field):
    oneof = message.oneof(field)
    return f'{lower_camel(oneof)}.case === "{field["jsonName"]}"' if oneof else field["jsonName"]


def typescript_values(enum):
    names = [value["name"] for value in enum["value"]]
    prefix = snake(enum["name"]).upper() + "_"
    # The plugin drops a prefix only where every value has it.
    return [n.removeprefix(prefix) for n in names] if all(n.startswith(prefix) for n in names) else names


def print_go(files):
    print('package probe\n\nimport pb "' + files[0].options["goPackage"].partition(";")[0] + '"\n')
    for file in files:
        for message in file.messages:
            name = "_".join(message.path)
            uses = [f"m.Get{go_camel(f['name'])}()" for f in message.fields]
            uses += [f"m.{go_camel(f['name'])}" for f in message.fields if not message.oneof(f)]
            uses += [f"m.{go_camel(oneof)}" for oneof in message.oneofs]
            print(f"var _ = func(m *pb.{name}) []any {{ return []any{{{', '.join(uses)}}} }}")
            for field in message.fields:
                if message.oneof(field):
                    camel = go_camel(field["name"])
                    print(f"var _ = func(m *pb.{name}_{camel}) any {{ return m.{camel} }}")
        for scope, enum in file.enums:
            prefix = "_".join(scope or [enum["name"]])
            for value in enum["value"]:
                print(f"var _ pb.{'_'.join(scope + [enum['name']])} = pb.{prefix}_{value['name']}")
        for service in file.services:
            for method in service["method"]:
                print(f"var _ = pb.{service['name']}Client.{method['name']}")


def print_java(files):
    package = files[0].options["javaPackage"]
    print("class Probe {")
    for file in files:
        print(f"  Object {file.module().replace('/', '_')} = {package}.{file.outer_class()}.getDescriptor();")
        for message in file.messages:
            uses = [f"m.get{java_camel(f['name'])}{java_suffix(message, f)}()" for f in message.fields]
            uses += [f"m.get{java_camel(oneof)}Case()" for oneof in message.oneofs]
            print(f"  Object[] use({package}.{'.'.join(message.path)} m) {{ return new Object[] {{{', '.join(uses)}}}; }}")
        for scope, enum in file.enums:
            name = f"{package}.{'.'.join(scope + [enum['name']])}"
            uses = [f"{name}.{value['name']}" for value in enum["value"]]
            print(f"  Object[] {'_'.join(scope + [enum['name']])} = {{{', '.join(uses)}}};")
        for service in file.services:
            for method in service["method"]:
                print(f"  void use({package}.{service['name']}Grpc.{service['name']}Stub s, {java_type(package, method['inputType'])} r) {{")
                print(f"    s.{lower_camel(method['name'])}(r, null);\n  }}")
    print("}")


def java_suffix(message, field):
    if field["name"] in message.maps:
        return "Map"
    return "List" if field.get("label") == "LABEL_REPEATED" else ""


def java_type(package, name):
    return name.replace(f".{PACKAGE}", package, 1)


def main(mode, image, *folder):
    files = load(image)
    if mode in ("typescript", "go", "java"):
        return {"typescript": print_typescript, "go": print_go, "java": print_java}[mode](files)
    problems = run_check(files) if mode == "check" else run_python(files, *folder)
    count = sum(1 for file in files for _ in python_names(file))
    if problems:
        sys.exit("\n".join([*problems, f"names that can't be used as they are written: {len(problems)}"]))
    print(f"{count} names of messages, fields, enums and values can be used as they are written")


main(*sys.argv[1:])
