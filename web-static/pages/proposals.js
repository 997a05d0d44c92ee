/** Every proposal, the newest first. */

import { all, get } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { moment, nextPage, person, statusWords, subject, table } from "./parts.js";

function deadline(context, proposal) {
    switch (proposal.status) {
    case "discussion": return ["discussion ends ", moment(context, proposal.discussionEnds)];
    case "voting": return ["closes ", moment(context, proposal.open.closes)];
    case "queued": return ["in force ", moment(context, proposal.enactDue)];
    default: return [moment(context, proposal.ended?.t ?? proposal.closed?.t ?? proposal.proposed)];
    }
}

function row(context, members, proposal) {
    const tally = proposal.tally && proposal.open
        ? `${proposal.tally.yes} yes of ${proposal.open.quorum} needed, ${proposal.tally.no} no`
        : "";
    return [
        el("a", { href: `#/proposals/${proposal.number}` },
            `${proposal.number}: ${subject(proposal.operations)}`),
        statusWords[proposal.status] ?? proposal.status,
        proposal.class ?? "",
        person(context, members, proposal.by),
        tally,
        deadline(context, proposal),
    ];
}

export const proposalsPage = {
    title: "Proposals",
    live: true,
    async load(context, query) {
        const [page, members] = await Promise.all([get(`/proposals?${query}`), all("/members")]);
        return { ...page, query, members: new Map(members.map((one) => [one.number, one])) };
    },
    view(context, model) {
        const wanted = model.query.get("status") ?? "";
        const statuses = ["discussion", "voting", "queued", "enacted", "failed", "no-quorum",
            "stale", "lapsed", "expired", "withdrawn", "void", "superseded", "reverted"];
        const options = [["", "all"], ...statuses.map((name) => [name, statusWords[name]])];
        return fragment(
            el("h1", {}, "Proposals"),
            el("p", {}, el("label", { for: "filter", class: "inline" }, "Show"),
                el("select", { id: "filter", "data-change": "filter" },
                    options.map(([value, words]) =>
                        el("option", { value, selected: value === wanted }, words)))),
            model.items.length === 0
                ? el("p", {}, "None. ", el("code", {}, "commonway propose -f FILE"), " makes one.")
                : table("The newest first",
                    ["Proposal", "Status", "Class", "By", "Votes", "Time"],
                    model.items.map((proposal) => row(context, model.members, proposal))),
            nextPage("/proposals", model.query, model.next));
    },
    actions: {
        async filter(context, model, select) {
            context.leave(select.value ? `#/proposals?status=${select.value}` : "#/proposals");
        },
    },
};
