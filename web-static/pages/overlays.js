/** What stands on the documents without a vote (docs/governance.md §10), in words. */

import { el } from "../core/dom.js";
import { inWords, milliseconds } from "../core/time.js";
import { moment, person } from "./parts.js";

/** `HTTPRoute/library` of a document in either spelling. */
function documentName(document) {
    return `${document.kind}/${document.name ?? document.metadata?.name ?? ""}`;
}

/** `HTTPRoute library`, which a narrow column can break. */
export function spaced(name) {
    return name.replace("/", " ");
}

/** What a steward's statement does: `HTTPRoute/library is disabled`. */
export function emergencyWords({ disable, restore }) {
    return disable !== undefined
        ? `HTTPRoute/${disable} is disabled: its requests get 503`
        : `${documentName(restore)} is restored to what was in force before`;
}

/** What comes of an emergency by its vote, by the charter of the day. */
export function outcomeWords(context) {
    const { confirmed, suspended } = context.community.charter.emergency;
    return `If the vote carries, it lasts ${inWords(milliseconds(confirmed))} more; if not, it `
        + `ends, and who signed is no steward for ${inWords(milliseconds(suspended))}.`;
}

/** The endpoints of a backend: `10.0.0.7:80, [fd00::7]:80`. */
export function endpointWords(endpoints = []) {
    return endpoints.map(({ address, port }) =>
        `${address.includes(":") && port ? `[${address}]` : address}${port ? `:${port}` : ""}`)
        .join(", ");
}

/** What one overlay does, without its document's name. */
export function kindWords(item) {
    switch (item.kind) {
    case "disable": return "disabled: every request gets 503";
    case "restore": return `restored to ${item.digest.slice(0, 12)}…`;
    case "endpoints": return `moved to ${endpointWords(item.endpoints)}`;
    default: return item.kind;
    }
}

/** When it ends. */
export function untilWords(context, { until, proposal }) {
    const vote = proposal
        && el("a", { href: `#/proposals/${proposal}` }, `proposal ${proposal}`);
    if (until !== undefined) return ["ends ", moment(context, until), vote && ", confirmed by ", vote];
    if (proposal !== undefined) return ["until ", vote, " is decided"];
    return "until a keeper, electors or a vote change it";
}

/** Who signed it. */
export function signers(context, members, { by }) {
    return by.map((number) => person(context, members, number)).join(", ");
}

function entryLink(index) {
    return el("a", { href: `#/log/${index}` }, `entry ${index}`);
}

/** What is laid over a document in force, for its row; `as ratified` for nothing. */
export function laidOver(context, { overlays, members }, one) {
    if (one.overlay === undefined) return "as ratified";
    const name = `${one.kind}/${one.name}`;
    const isRestored = one.overlay.includes("restored:");
    const refusal = overlays.refusals.find((refused) => refused.name === name);
    const items = overlays.up.filter((item) => item.name === name
        && !(isRestored && item.kind === "endpoints"));
    return el("div", {},
        refusal && el("div", {}, `refused by the operator with 451: ${refusal.reason}, `,
            entryLink(refusal.index)),
        items.map((item) => el("div", {}, kindWords(item), ", ", untilWords(context, item),
            ", by ", signers(context, members, item), ", ", entryLink(item.index))));
}

/** A notice above the routes, while anything stands on them without a vote. */
export function standing(context, { overlays }) {
    const { up, refusals } = overlays;
    if (up.length + refusals.length === 0) return undefined;
    const emergencies = up.filter((item) => item.kind !== "endpoints");
    return el("div", { class: "news" },
        el("p", {}, "Not everything is served as ratified: ",
            el("a", { href: "#/emergencies" }, "who did what, and until when"), "."),
        el("ul", {},
            emergencies.map((item) => el("li", {}, `${item.name} is ${kindWords(item)}, `,
                untilWords(context, item))),
            refusals.map((refusal) => el("li", {},
                `${refusal.name} is refused by the operator: ${refusal.reason}`))));
}
