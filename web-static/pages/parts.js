/** Pieces that several pages show. */

import { el } from "../core/dom.js";
import { distance, local } from "../core/time.js";

/** An instant: its distance from now, rewritten every second, and the full time as its title. */
export function moment(context, instant) {
    return el("time", {
        "data-at": instant, datetime: new Date(instant).toISOString(), title: local(instant),
    }, distance(instant, context.now()));
}

/** Terms and what is said of them; pairs without a value are left out. */
export function facts(...pairs) {
    return el("dl", { class: "facts" }, pairs.filter((pair) => pair && pair[1] !== undefined)
        .map(([term, ...values]) => [el("dt", {}, term), el("dd", {}, ...values)]));
}

/**
 * A table; on narrow screens each row is a card.
 *
 * @param {string} caption What it lists.
 * @param {string[]} columns Their headings.
 * @param {Array[]} rows A cell's content each; the first is the row's heading.
 */
export function table(caption, columns, rows) {
    const body = rows.map(([first, ...rest]) => el("tr", {},
        el("th", { scope: "row" }, first),
        rest.map((cell, index) => el("td", { "data-label": columns[index + 1] }, cell ?? ""))));
    return el("table", { class: "rows" }, el("caption", {}, caption),
        el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))),
        el("tbody", {}, body));
}

/** A digest, shortened; the whole is its title. */
export function shortDigest(text) {
    return el("span", { class: "digest", title: text }, text.slice(0, 12), "…");
}

/** A digest, whole. */
export function wholeDigest(text) {
    return el("span", { class: "digest" }, text);
}

/** A value as indented JSON. */
export function json(value) {
    return el("pre", { tabindex: 0 }, JSON.stringify(value, undefined, 2));
}

/** Something that unfolds. */
export function unfold(summary, ...content) {
    return el("details", {}, el("summary", {}, summary), ...content);
}

/** A member by handle where it is known, and number; 0 is nobody, whom stewards stand for. */
export function person(context, members, number) {
    if (number === 0) return "stewards";
    const handle = members.get(number)?.handle;
    const name = handle ? `${handle} (${number})` : `member ${number}`;
    return context.session?.member === number ? `${name}, you` : name;
}

/** An operation in few words: `apply HTTPRoute library`, `expel member 7`. */
export function operationWords(operation) {
    switch (operation.op) {
    case "motion": return "a motion";
    case "admit": return operation.members.length === 1
        ? "admit a newcomer" : `admit ${operation.members.length} newcomers`;
    case "expel": return `expel member ${operation.member}`;
    case "recover": return `a new key for member ${operation.stmt.by}`;
    case "revert": return `revert proposal ${operation.proposal}`;
    case "void": return `void proposal ${operation.proposal}`;
    case "charter": return "another charter";
    case "stewards": return operation.members.length === 0 ? "the founders as stewards"
        : `stewards: ${operation.members.map((number) => `member ${number}`).join(", ")}`;
    case "log-key": return "another key of the log";
    case "confirm": return `confirm the emergency of entry ${operation.overlay}`;
    default: {
        const named = operation.document ?? operation;
        const name = named.name ?? named.metadata?.name ?? "";
        return `${operation.op} ${named.kind ?? "document"} ${name}`.trim();
    }
    }
}

/** A proposal in few words, from its operations. */
export function subject(operations) {
    const words = operations.map(operationWords);
    const shown = words.slice(0, 3).join(", ");
    return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown;
}

/** A list's link to its next page. */
export function nextPage(path, query, next, words = "Older") {
    if (next === undefined) return undefined;
    const further = new URLSearchParams(query);
    further.set("cursor", next);
    return el("p", {}, el("a", { href: `#${path}?${further}` }, words));
}

/** What a status means, for those who have not read the charter. */
export const statusWords = {
    discussion: "in discussion", voting: "voting", queued: "carried, waiting for its delay",
    enacted: "in force", failed: "voted down", "no-quorum": "too few yes votes",
    stale: "stale: its effect changed meanwhile", lapsed: "lapsed: enacted too late",
    expired: "expired: too few sponsors", withdrawn: "withdrawn", superseded: "superseded",
    reverted: "reverted", void: "voided",
};
