/** The documents in force. */

import { all, get } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { laidOver, standing } from "./overlays.js";
import { json, nextPage, shortDigest, table, unfold } from "./parts.js";

function served(document) {
    const spec = document.spec ?? document;
    if (document.kind === "Backend") {
        return (spec.endpoints ?? []).map((one) => `${one.address}:${one.port}`).join(", ");
    }
    const hosts = (spec.hostnames ?? []).join(", ") || "every host";
    const backends = (spec.rules ?? []).flatMap((rule) => rule.backendRefs ?? [])
        .map((backend) => backend.name);
    return `${hosts} → ${[...new Set(backends)].join(", ") || "no backend"}`;
}

export const routesPage = {
    title: "Routes in force",
    live: true,
    async load(context, query) {
        const [page, digests, overlays, members] = await Promise.all([
            get(`/documents?${query}`), get("/table"), get("/overlays"), all("/members")]);
        return {
            ...page, query, digests, overlays,
            members: new Map(members.map((one) => [one.number, one])),
        };
    },
    view(context, model) {
        return fragment(
            el("h1", {}, "Routes in force"),
            el("p", {}, "Table: ", el("span", { class: "digest" }, model.digests.digest),
                ". A gateway that follows this log serves exactly this."),
            standing(context, model),
            model.items.length === 0
                ? el("p", {}, "None yet: every request gets 404.")
                : table("Documents, with the proposal that brought them",
                    ["Document", "What", "Ratified", "Digest", "Served"],
                    model.items.map((one) => [
                        unfold(`${one.kind} ${one.name}`, json(one.document)),
                        served(one.document),
                        [el("a", { href: `#/proposals/${one.proposal}` },
                            `proposal ${one.proposal}`), ", ",
                        el("a", { href: `#/log/${one.entry}` }, `entry ${one.entry}`)],
                        shortDigest(one.digest), laidOver(context, model, one)])),
            nextPage("/routes", model.query, model.next, "More"));
    },
    actions: {},
};
