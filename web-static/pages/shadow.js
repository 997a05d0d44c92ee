/** Which requests change hands by a plan (docs/formats.md §5), one row a kind. */

import { el } from "../core/dom.js";
import { table, unfold } from "./parts.js";

const nothing = "no rule (404)";

/** The most rows, and exceptions in one, that are shown; the rest is counted. */
const rowsMax = 100;
const exceptsMax = 50;

function matchWords(match) {
    if (!match) return nothing;
    return match.match === 1 ? match.rule : `${match.rule}, match ${match.match}`;
}

/** `GET a.example.org/x and below, with ?p=1, x-edition: beta`. */
function requestWords({ host, path, method, headers = [], queryParams = [] }) {
    const isWhole = path.type === "PathPrefix" && path.value === "/";
    const place = `${host ?? "any host, "}${path.value}`;
    const below = path.type === "Exact" ? "" : isWhole ? " (every path)" : " and below";
    const fields = [...queryParams.map(({ name, value }) => `?${name}=${value}`),
        ...headers.map(({ name, value }) => `${name}: ${value}`)];
    const asked = fields.length > 0 ? `, with ${fields.join(", ")}` : "";
    return `${method ?? "any method,"} ${place}${below}${asked}`;
}

function exampleWords({ method, url, headers }) {
    return [`${method} ${url}`, ...headers.map(({ name, value }) => `${name}: ${value}`)]
        .join(", ");
}

function exceptList(excepts) {
    if (excepts.length === 0) return undefined;
    const more = excepts.length - exceptsMax;
    return unfold(`except ${excepts.length}`, el("ul", {},
        excepts.slice(0, exceptsMax).map((except) =>
            el("li", {}, `${requestWords(except.requests)}: ${matchWords(except.match)}`)),
        more > 0 && el("li", {}, `and ${more} more; commonway plan --json has them all`)));
}

/** A section for the plan of a proposal. */
export function shadowSection({ changes = [], refusal }) {
    if (refusal) {
        return el("p", { class: "refusal" }, "Which requests change hands is not told: ", refusal);
    }
    if (changes.length === 0) return [];
    const more = changes.length - rowsMax;
    return [
        table("Requests that change hands, on the table of today",
            ["Requests", "Served now by", "Then by", "For example"],
            changes.slice(0, rowsMax).map((change) => [
                [requestWords(change.requests), exceptList(change.except)],
                matchWords(change.before), matchWords(change.after),
                change.example && el("code", {}, exampleWords(change.example))])),
        more > 0 && el("p", {}, `And ${more} more; commonway plan --json has them all.`),
    ];
}
