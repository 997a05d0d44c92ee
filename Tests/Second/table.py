"""The table that is served: what is in force, and what is laid over it (formats.md §1)."""


def rows(state):
    restored = {overlay.name: overlay.index for overlay in state.overlays.values()
                if overlay.kind == "restore"}
    found = [
        [key, row.document.digest, row.sequence, marks(state, key)]
        for key, row in state.documents.items()
    ]
    found += [[key, "", index, marks(state, key)] for key, index in restored.items()
              if key not in state.documents]
    found += [[key, "", index, "refused"] for key, index in state.refusals.items()
              if key.startswith("network/")]
    return sorted(found)


def marks(state, key):
    """What is laid over a document. Endpoints have no effect on one that is restored."""
    kinds = {overlay.kind: overlay for overlay in state.overlays.values() if overlay.name == key}
    found = ["refused"] if key in state.refusals else []
    if "disable" in kinds:
        found.append("disabled")
    if "restore" in kinds:
        found.append("restored:" + kinds["restore"].digest())
    elif "endpoints" in kinds:
        found.append("endpoints:" + kinds["endpoints"].digest())
    return ",".join(found)
