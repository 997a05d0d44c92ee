/** The first page: what the member owes, or what this community is. */

import { get } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { reviewAndSend } from "./review.js";
import { facts, moment, wholeDigest } from "./parts.js";

function overview(context, { table, overlays }) {
    const { community } = context;
    return fragment(
        el("h2", {}, "This community"),
        facts(
            ["Members",
                `${community.members}, of whom ${community.electors} vote on what opens now`],
            ["Routes", community.serving ? "served from the table below" : "nothing is served yet"],
            ["Table", wholeDigest(table.digest)],
            ["Without a vote", withoutVote(overlays)],
            ["Log", `${community.state.size} entries, the last `,
                moment(context, community.state.t)]));
}

/** What stewards, keepers and the operator have up, counted. */
function withoutVote({ up, refusals }) {
    const count = up.length + refusals.length;
    return el("a", { href: "#/emergencies" }, count === 0 ? "nothing: all is served as ratified"
        : `${count} ${count === 1 ? "thing stands" : "things stand"} on the routes`);
}

function joinItem(context, model) {
    return model.canJoinHere
        ? el("li", {}, "Join: your signature under the founding documents. ",
            el("button", { type: "button", "data-action": "join" }, "Review and join"))
        : el("li", {}, "Join, with the key that you were invited with: ",
            el("pre", {}, `commonway login --council ${location.origin} `
                + `--member ${context.session.handle}`));
}

function item(context, model, owed) {
    const link = el("a", { href: `#/proposals/${owed.proposal}` }, `Proposal ${owed.proposal}`);
    switch (owed.kind) {
    case "join": return joinItem(context, model);
    case "vote": return el("li", {}, link, ": vote, closes ", moment(context, owed.until));
    case "sponsor": return el("li", {}, link, " looks for sponsors");
    default: return el("li", {}, owed.kind, owed.proposal ? [" ", link] : undefined);
    }
}

export const owedPage = {
    title: "What I owe",
    live: true,
    async load(context) {
        const [table, overlays] = await Promise.all([get("/table"), get("/overlays")]);
        if (!context.session) return { table, overlays };
        const [owed, member] = await Promise.all(
            [get("/owed"), get(`/members/${context.session.member}`)]);
        const enrolled = member.keys.some((key) => key.key === context.key?.line);
        return { table, overlays, items: owed.items, enrolled, canJoinHere: enrolled };
    },
    view(context, model) {
        if (!context.session) {
            return fragment(
                el("h1", {}, "Routes that members voted for"),
                el("p", {}, "Every route of this gateway was proposed, voted on and ratified by "
                    + "its members. Everything is public and can be recounted by anybody."),
                el("p", {}, el("a", { class: "button", href: "#/login" }, "Log in"),
                    el("a", { href: "#/invitation" }, "I have an invitation")),
                overview(context, model));
        }
        return fragment(
            el("h1", {}, "What I owe"),
            model.items.length === 0
                ? el("p", {}, "Nothing. No vote waits for you.")
                : el("ul", {}, model.items.map((owed) => item(context, model, owed))),
            !model.enrolled && el("p", { class: "news" }, "This browser cannot sign for you yet: ",
                el("a", { href: "#/key" }, "make and enrol its key"), "."),
            overview(context, model));
    },
    actions: {
        async join(context) {
            const constituted = context.community.card.constituted;
            const { entry } = await entryOfLeaf(constituted);
            await reviewAndSend(context, "join", { digest: entry.digest }, "Join this community",
                el("p", {}, "You become a member. Your votes will be public for ever."));
        },
    },
};

/** The `constituted` entry stands after genesis and the founders, near the log's beginning. */
async function entryOfLeaf(leaf) {
    const { items } = await get("/entries?limit=100");
    const found = items.find((candidate) => candidate.leaf === leaf);
    if (!found) throw new Error("the log's beginning does not hold the community card's entry");
    return found;
}
