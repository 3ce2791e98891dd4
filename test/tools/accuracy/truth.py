"""Agents and tools of a checkout by Python's own parser: an independent count for the readers to be held against.

Reads paths from standard input, gives JSON: agents and entries of lists of tools, each with file, line and column.
"""
import ast, json, os, re, sys

ROOT = sys.argv[1]
AGENTS = [
    (r"agents(\..*)?", {"Agent", "RealtimeAgent", "SandboxAgent"}),
    (r"crewai", {"Agent"}),
    (r"google\.adk.*", {"Agent", "LlmAgent", "SequentialAgent", "ParallelAgent", "LoopAgent", "BaseAgent"}),
    (r"(langgraph|langchain|deepagents).*", {
        "create_react_agent", "create_agent", "create_deep_agent", "create_supervisor", "initialize_agent",
        "create_tool_calling_agent", "create_openai_tools_agent", "create_openai_functions_agent",
        "create_structured_chat_agent", "create_json_chat_agent", "create_xml_agent", "create_sql_agent",
        "create_csv_agent", "create_pandas_dataframe_agent"}),
]
ASKS = {"invoke", "ainvoke", "stream", "astream", "batch", "abatch"}
ONLY = {"bind_tools", "with_structured_output"}
MODEL = re.compile(r"\bChat[A-Z]\w+\(|init_chat_model\(|\bllm\b|_model\b|\bmodel\b")

files = {}
for path in sys.stdin.read().split("\n"):
    if path.endswith(".py"):
        try:
            with open(os.path.join(ROOT, path), encoding="utf-8") as handle:
                text = handle.read()
            files[path] = (text, ast.parse(text))
        except (SyntaxError, UnicodeDecodeError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)


def imports(tree):
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                names[one.asname or one.name] = ("." * node.level + (node.module or ""), one.name)
        elif isinstance(node, ast.Import):
            for one in node.names:
                names[one.asname or one.name.split(".")[0]] = (one.name if one.asname else one.name.split(".")[0], None)
    return names


def callee(node, names):
    """(module, name) of what is called, or (None, name) for a name of the file."""
    if isinstance(node, ast.Subscript):
        return callee(node.value, names)
    if isinstance(node, ast.Name):
        return names.get(node.id, (None, node.id))
    if isinstance(node, ast.Attribute):
        module, name = callee(node.value, names)
        return (f"{module}.{name}" if name and module else module or "", node.attr)
    return (None, None)


def is_agent(module, name):
    return module is not None and any(re.fullmatch(m, module) and name in found for m, found in AGENTS)


IMPORTS = {path: imports(tree) for path, (_, tree) in files.items()}
subclasses = set()
for _ in range(4):
    for path, (_, tree) in files.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    module, name = callee(base, IMPORTS[path])
                    if is_agent(module, name) or name in subclasses:
                        subclasses.add(node.name)

# What a name of the repository may be called as a tool.
called = {}
functions = {}
for path, (text, tree) in files.items():
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            functions.setdefault(node.name, []).append((path, node))
            names = called.setdefault(node.name, {node.name})
            for one in node.decorator_list:
                if isinstance(one, ast.Call):
                    for value in [*one.args[:1], *(k.value for k in one.keywords if k.arg in ("name", "name_override", "name_or_callable"))]:
                        if isinstance(value, ast.Constant) and isinstance(value.value, str):
                            names.add(value.value)
        elif isinstance(node, ast.ClassDef):
            names = called.setdefault(node.name, {node.name})
            for one in node.body:
                target = one.target if isinstance(one, ast.AnnAssign) else one.targets[0] if isinstance(one, ast.Assign) else None
                if isinstance(target, ast.Name) and target.id == "name" and isinstance(one.value, ast.Constant):
                    names.add(one.value.value)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            for target in node.targets:
                name = target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else None
                if name:
                    names = called.setdefault(name, {name})
                    names.add(getattr(node.value.func, "id", getattr(node.value.func, "attr", "")))
                    for word in node.value.keywords:
                        if word.arg in ("name", "role") and isinstance(word.value, ast.Constant):
                            names.add(str(word.value.value))
                    for arg in [*node.value.args, *(k.value for k in node.value.keywords)]:
                        if isinstance(arg, ast.Name):
                            names.add(arg.id)


def label(node):
    """Names that an entry of a list may go by; None when only a run knows."""
    if isinstance(node, ast.Name):
        return {node.id} | called.get(node.id, set())
    if isinstance(node, ast.Attribute):
        return {node.attr} | called.get(node.attr, set())
    if isinstance(node, ast.Call):
        own = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        found = {own} | called.get(own, set())
        for arg in [*node.args, *(k.value for k in node.keywords)]:
            if isinstance(arg, (ast.Name, ast.Attribute)):
                found |= label(arg)
            elif isinstance(arg, ast.Dict):
                # A hosted MCP server goes by its label.
                found |= {value.value for key, value in zip(arg.keys, arg.values) if isinstance(value, ast.Constant)
                          and isinstance(key, ast.Constant) and key.value == "server_label"}
        # A class, a wrapper of something named, or a function of the repository that is itself a tool.
        return found if own[:1].isupper() or own == "tool" or len(found) > 1 and own not in functions else None
    return None


def assigned(tree, name):
    found = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign) and len(n.targets) == 1
             and isinstance(n.targets[0], ast.Name) and n.targets[0].id == name]
    return found[0] if len(found) == 1 else None


agents, entries = [], []


def add_tools(path, tree, value):
    if isinstance(value, ast.Name):
        value = assigned(tree, value.id)
    if isinstance(value, ast.List):
        for item in value.elts:
            names = label(item)
            entries.append({"file": path, "line": item.lineno, "column": column(path, item), "names": sorted(names) if names else None})


def column(path, node):
    line = files[path][0].split("\n")[node.lineno - 1]
    return len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1


def asks_model(path, function):
    text, tree = files[path]
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in ONLY:
            return True
        if node.func.attr in ASKS:
            root = node.func.value
            while isinstance(root, (ast.Call, ast.Attribute)):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name):
                value = assigned(function, root.id) or assigned(tree, root.id)
                # What asks an agent made elsewhere is no second agent.
                if isinstance(value, ast.Call) and is_agent(*callee(value.func, IMPORTS[path])):
                    continue
                source = ast.get_source_segment(text, value) if value is not None else ""
                if source and MODEL.search(source):
                    return True
    return False


nodes = set()
for path, (text, tree) in files.items():
    names = IMPORTS[path]
    graphs = any(module.startswith("langgraph") for module, _ in names.values())
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        module, name = callee(node.func, names)
        if is_agent(module, name) or (name in subclasses and isinstance(node.func, (ast.Name, ast.Subscript, ast.Attribute))):
            agents.append({"file": path, "line": node.lineno})
            for word in node.keywords:
                if word.arg == "tools":
                    add_tools(path, tree, word.value)
            if name == "create_react_agent" and len(node.args) > 1:
                add_tools(path, tree, node.args[1])
        if graphs and isinstance(node.func, ast.Attribute) and node.func.attr == "add_node" and node.args:
            action = node.args[-1]
            own = action.id if isinstance(action, ast.Name) else None
            # The function of this file, else the one that is imported under this name.
            for where, function in functions.get(own, []):
                origin = names.get(own)
                here = where == path if origin is None else where.replace("/", ".").endswith(origin[0].lstrip(".") + ".py")
                if here and (where, function.lineno) not in nodes and asks_model(where, function):
                    nodes.add((where, function.lineno))
                    agents.append({"file": where, "line": function.lineno})
                    for inner in ast.walk(function):
                        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "bind_tools" and inner.args:
                            add_tools(where, function, inner.args[0])

json.dump({"agents": agents, "tools": entries}, sys.stdout)
