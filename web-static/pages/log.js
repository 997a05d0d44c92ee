/** The log: its newest checkpoint, who vouches for it, and its entries. */

import { get, unless } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { emergencyWords } from "./overlays.js";
import { facts, json, moment, shortDigest, table, unfold, wholeDigest } from "./parts.js";
import { witnessSection } from "./witnesses.js";

const entriesShown = 50;

function statementWords({ act, by, ...stmt }) {
    const done = `${act} by member ${by}`;
    switch (act) {
    case "emergency": return `${done}: ${emergencyWords(stmt)}`;
    case "endpoints": return `${done}: Backend ${stmt.backend}`;
    case "undo": return `${done}: of member ${stmt.keeper}'s endpoints of Backend ${stmt.backend}`;
    default: return done;
    }
}

function inWords(entry) {
    switch (entry.kind) {
    case "statement": return statementWords(entry.stmt);
    case "lift": return `what entry ${entry.overlay} put up ends`;
    case "refuse":
    case "permit":
        return [entry.route ? `HTTPRoute ${entry.route}` : `network ${entry.network}`,
            entry.reason].filter(Boolean).join(": ");
    case "succeed": return `${entry.statements.length} members agree on a successor`;
    case "close": return `proposal ${entry.proposal}: ${entry.outcome}`;
    case "open": return `vote on proposal ${entry.proposal}`;
    default: return entry.proposal ? `proposal ${entry.proposal}` : "";
    }
}

function newest({ origin, size, root, checkpoint }) {
    return [
        facts(["Origin", origin], ["Size", size], ["Root", wholeDigest(root)]),
        unfold("Signed checkpoint", el("pre", { tabindex: 0 }, checkpoint)),
    ];
}

export const logPage = {
    title: "The log",
    live: true,
    async load(context, query) {
        const [checkpoint, witnesses] = await Promise.all([
            // Until enough witnesses have cosigned the first one there is none.
            unless(404, get("/checkpoint"), undefined), get("/witnesses")]);
        const first = query.has("from")
            ? Number(query.get("from")) : Math.max(0, (checkpoint?.size ?? 0) - entriesShown);
        // The cursor of entries is the index to begin at (docs/formats.md §8).
        const page = await get(`/entries?cursor=${first}&limit=${entriesShown}`);
        return { checkpoint, witnesses, first, items: page.items.toReversed() };
    },
    view(context, { checkpoint, witnesses, first, items }) {
        const older = Math.max(0, first - entriesShown);
        return fragment(
            el("h1", {}, "The log"),
            checkpoint ? newest(checkpoint) : el("p", {}, "Nothing is published yet."),
            el("p", {}, "To recount everything: ",
                el("code", {}, "commonway audit verify"), " with the community card."),
            witnessSection(context, witnesses),
            table("Entries, the newest first", ["Entry", "Kind", "What", "Time", "Leaf"],
                items.map(({ index, leaf, entry }) => [
                    el("a", { href: `#/log/${index}` }, index), entry.kind, inWords(entry),
                    moment(context, entry.t), shortDigest(leaf)])),
            first > 0 && el("p", {}, el("a", { href: `#/log?from=${older}` }, "Older")));
    },
    actions: {},
};

export const entryPage = {
    title: "Entry",
    async load(context, index) {
        return get(`/entries/${index}`);
    },
    view(context, { index, leaf, entry }) {
        return fragment(
            el("h1", {}, `Entry ${index}`),
            facts(["Kind", entry.kind], ["What", inWords(entry)],
                ["Time", moment(context, entry.t)], ["Leaf", wholeDigest(leaf)]),
            json(entry),
            el("p", {}, index > 0 && [el("a", { href: `#/log/${index - 1}` }, "Before"), " · "],
                el("a", { href: `#/log/${index + 1}` }, "After"), " · ",
                el("a", { href: "#/log" }, "The log")));
    },
    actions: {},
};
