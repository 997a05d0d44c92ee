/** Starts the pages: which one the address names, who is logged in, and what changed meanwhile. */

import { Problem, get, remove, unless } from "./core/api.js";
import { el, fragment, morph } from "./core/dom.js";
import { loadKey } from "./core/keys.js";
import { follow } from "./core/live.js";
import { distance } from "./core/time.js";
import { invitation, login } from "./pages/account.js";
import { emergenciesPage } from "./pages/emergencies.js";
import { keyPage } from "./pages/key.js";
import { entryPage, logPage } from "./pages/log.js";
import { membersPage } from "./pages/members.js";
import { owedPage } from "./pages/owed.js";
import { proposalPage } from "./pages/proposal.js";
import { proposalsPage } from "./pages/proposals.js";
import { routesPage } from "./pages/routes.js";

/**
 * A page has `title`, `load(context, ...captures, query)` → model, `view(context, model)` → node,
 * `actions` by the `data-action` of the button or form that asks for one, and `live` when it is
 * brought up to date as the log grows.
 */
const pages = [
    [/^\/?$/, owedPage, "owed"],
    [/^\/proposals$/, proposalsPage, "proposals"],
    [/^\/proposals\/(\d+)$/, proposalPage, "proposals"],
    [/^\/routes$/, routesPage, "routes"],
    [/^\/emergencies$/, emergenciesPage, "emergencies"],
    [/^\/members$/, membersPage, "members"],
    [/^\/log$/, logPage, "log"],
    [/^\/log\/(\d+)$/, entryPage, "log"],
    [/^\/login$/, login, ""],
    [/^\/invitation(?:\/([\w-]+))?$/, invitation, ""],
    [/^\/key$/, keyPage, "owed"],
];

const missing = {
    title: "No such page", load: async () => undefined, actions: {},
    view: () => fragment(el("h1", {}, "No such page"),
        el("p", {}, el("a", { href: "#/" }, "What I owe"))),
};

const main = document.getElementById("main");
const context = {
    community: undefined, session: undefined, key: undefined, clockOffset: 0,
    /** The council's clock, milliseconds since 1970, as near as an answer told it. */
    now: () => Date.now() + context.clockOffset,
    announce: (...children) => say("status", children),
    complain,
    refresh,
    reload: start,
    leave: (hash) => { location.hash = hash; },
};
let current = { page: missing, captures: [], query: new URLSearchParams(), model: undefined };
/** Grows with every navigation: an answer that comes after the reader went on is dropped. */
let visit = 0;

function say(region, children) {
    document.getElementById("status").replaceChildren();
    document.getElementById("alert").replaceChildren();
    const place = document.getElementById(region);
    place.replaceChildren(fragment(...children));
    if (children.length > 0) place.scrollIntoView({ block: "nearest" });
}

function complain(error) {
    if (!(error instanceof Problem)) {
        say("alert", [el("p", {}, error.message)]);
        return;
    }
    say("alert", [
        el("p", {}, el("strong", {}, error.title), `: ${error.message}`),
        error.next && el("p", {}, error.next),
    ]);
}

/** What every page says of the community: whose it is, whether it is a demonstration. */
async function loadCommunity() {
    const community = await get("/community");
    context.clockOffset = community.now - Date.now();
    context.community = community;
    document.getElementById("origin").textContent = community.card.origin;
    document.getElementById("demo").hidden = !community.demo;
    document.getElementById("not-serving").hidden = community.serving;
    document.getElementById("served-by").textContent = location.host;
}

async function loadSession() {
    const { community } = context;
    context.session = await unless(401, get("/sessions/current"), undefined);
    // A browser that keeps no data for this site can still read everything.
    context.key = context.session
        && await loadKey(community.card.origin, context.session.member).catch(() => undefined);
    document.getElementById("account").replaceChildren(fragment(...accountLinks()));
}

function accountLinks() {
    if (!context.session) return [el("a", { href: "#/login" }, "Log in")];
    return [
        context.session.handle, " · ", el("a", { href: "#/key" }, "Key"), " · ",
        el("button", { class: "link", type: "button", id: "logout" }, "Log out"),
    ];
}

function pageOfAddress() {
    const [path, query = ""] = location.hash.replace(/^#/, "").split("?");
    for (const [pattern, page, section] of pages) {
        const match = pattern.exec(path);
        if (match) {
            const captures = match.slice(1);
            return { page, captures, section, query: new URLSearchParams(query) };
        }
    }
    return { page: missing, captures: [], section: "", query: new URLSearchParams() };
}

function markCurrentSection(section) {
    for (const link of document.querySelectorAll("#navigation a")) {
        if (link.dataset.section === section) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
}

/** Shows the page of the address, and takes the reader's focus to its heading. */
async function navigate() {
    visit += 1;
    const mine = visit;
    const next = pageOfAddress();
    markCurrentSection(next.section);
    main.setAttribute("aria-busy", "true");
    try {
        const model = await next.page.load(context, ...next.captures, next.query);
        if (mine !== visit) return;
        current = { ...next, model };
        main.replaceChildren(next.page.view(context, model));
    } catch (error) {
        if (mine !== visit) return;
        current = { ...next, page: missing, model: undefined };
        main.replaceChildren(el("h1", {}, "This page could not be shown"),
            el("p", {}, el("a", { href: "#/" }, "What I owe")));
        complain(error);
    }
    main.removeAttribute("aria-busy");
    const heading = main.querySelector("h1");
    document.title = `${heading?.textContent ?? current.page.title} · Commonway`;
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    tellTime();
}

/** Brings the page shown up to date, leaving focus and what was typed where they are. */
async function refresh() {
    const mine = visit;
    const { page, captures, query } = current;
    try {
        await loadCommunity();
        if (!page.live) return;
        const model = await page.load(context, ...captures, query);
        if (mine !== visit) return;
        current.model = model;
        const wanted = el("main", {}, page.view(context, model));
        wanted.querySelector("h1")?.setAttribute("tabindex", "-1");
        morph(main, wanted);
        tellTime();
    } catch (error) {
        complain(error);
    }
}

/** What is waited for between two updates: a lively vote must not become a flood of requests. */
const updatePauseMilliseconds = 1_000;
let isUpdating = false;
let hasNews = false;

/** Brings the page up to date after the log grew, one update at a time. */
async function update() {
    hasNews = true;
    if (isUpdating) return;
    isUpdating = true;
    while (hasNews) {
        hasNews = false;
        await refresh();
        await new Promise((resolve) => { setTimeout(resolve, updatePauseMilliseconds); });
    }
    isUpdating = false;
}

/** Rewrites the distances ("in 3 minutes") of every time on the page. */
function tellTime() {
    const now = context.now();
    for (const time of document.querySelectorAll("time[data-at]")) {
        const text = distance(Number(time.dataset.at), now);
        if (time.textContent !== text) time.textContent = text;
    }
}

/** Does what a button or form asks for; a second press while it works is not a second order. */
async function act(element, name) {
    const action = current.page.actions[name];
    if (!action || main.hasAttribute("aria-busy")) return;
    main.setAttribute("aria-busy", "true");
    element.querySelectorAll?.("button").forEach((button) => { button.disabled = true; });
    try {
        await action(context, current.model, element);
    } catch (error) {
        complain(error);
    } finally {
        main.removeAttribute("aria-busy");
        element.querySelectorAll?.("button").forEach((button) => { button.disabled = false; });
    }
}

async function logOut() {
    try {
        await remove("/sessions/current");
        await start();
        context.announce(el("p", {}, "Logged out."));
    } catch (error) {
        complain(error);
    }
}

/** Learns who is who anew, then shows the page. */
async function start() {
    try {
        await loadCommunity();
        await loadSession();
        await navigate();
    } catch (error) {
        main.replaceChildren(el("h1", {}, "Commonway"));
        complain(error);
    }
}

main.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (button) act(button, button.dataset.action);
});
main.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target.closest("form[data-action]");
    if (form) act(form, form.dataset.action);
});
main.addEventListener("change", (event) => {
    const control = event.target.closest("[data-change]");
    if (control) act(control, control.dataset.change);
});
document.getElementById("account").addEventListener("click", (event) => {
    if (event.target.id === "logout") logOut();
});
document.querySelector(".skip").addEventListener("click", (event) => {
    // The fragment names pages here, so the skip link moves the focus itself.
    event.preventDefault();
    main.focus();
});
addEventListener("hashchange", () => {
    say("status", []);
    navigate();
});
setInterval(tellTime, 1_000);

await start();
// With witnesses the log may be ahead of what is published, so that its size says nothing of that.
const isWitnessed = context.community?.card.witnesses.threshold > 0;
follow(isWitnessed ? undefined : context.community?.state.size, update);
