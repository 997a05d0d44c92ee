/** The members and their keys. */

import { get } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { moment, nextPage, table } from "./parts.js";

function votes(member) {
    if (member.expelled) return "expelled";
    if (member.left !== undefined) return "left";
    return member.elector ? "yes" : "no";
}

export const membersPage = {
    title: "Members",
    live: true,
    async load(context, query) {
        return { ...await get(`/members?${query}`), query };
    },
    view(context, model) {
        return fragment(
            el("h1", {}, "Members"),
            table("One member, one vote", ["Member", "Joined", "Votes on what opens now", "Keys"],
                model.items.map((member) => [
                    member.handle ? `${member.number}: ${member.handle}` : `${member.number}`,
                    member.joined === undefined ? "not yet" : moment(context, member.joined),
                    votes(member),
                    el("ul", {}, member.keys.map((key) =>
                        el("li", { class: "digest" }, key.key)))])),
            nextPage("/members", model.query, model.next, "More"));
    },
    actions: {},
};
