/** Logging in, and redeeming an invitation. */

import { post } from "../core/api.js";
import { el, fragment } from "../core/dom.js";

const passwordLength = { minlength: 12, maxlength: 1024 };

/** Logging in: the session's token goes into a cookie that no script can read. */
export const login = {
    title: "Log in",
    load: async () => undefined,
    view: () => fragment(
        el("h1", {}, "Log in"),
        el("form", { "data-action": "login" },
            el("p", {}, el("label", { for: "handle" }, "Handle"),
                el("input", {
                    id: "handle", name: "handle", required: true, autocomplete: "username",
                    autocapitalize: "none", spellcheck: "false",
                })),
            el("p", {}, el("label", { for: "password" }, "Password"),
                el("input", {
                    id: "password", name: "password", type: "password", required: true,
                    autocomplete: "current-password",
                })),
            el("p", {}, el("button", {}, "Log in"))),
        el("p", {}, "New here? ", el("a", { href: "#/invitation" }, "Redeem your invitation"),
            ". Lost the password? Ask for a new invitation.")),
    actions: {
        async login(context, model, form) {
            const fields = new FormData(form);
            await post("/sessions", {
                handle: fields.get("handle"), password: fields.get("password"), cookie: true,
            });
            context.leave("#/");
            await context.reload();
            context.announce(el("p", {}, `Logged in as ${context.session.handle}.`));
        },
    },
};

/** Redeeming an invitation: it sets the password, and opens a session. */
export const invitation = {
    title: "Redeem an invitation",
    load: async (context, code) => code ?? "",
    view: (context, code) => fragment(
        el("h1", {}, "Redeem an invitation"),
        el("p", {}, "The password opens the door to these pages. It never makes a vote: votes are "
            + "signed with your key."),
        el("form", { "data-action": "redeem" },
            el("p", {}, el("label", { for: "invitation" }, "Invitation"),
                el("input", {
                    id: "invitation", name: "invitation", required: true, autocomplete: "off",
                    autocapitalize: "none", spellcheck: "false", value: code,
                })),
            el("p", {}, el("label", { for: "new-password" }, "New password",
                el("span", { class: "hint" }, "At least 12 characters; a few words do well.")),
                el("input", {
                    id: "new-password", name: "password", type: "password", required: true,
                    autocomplete: "new-password", ...passwordLength,
                })),
            el("p", {}, el("label", { for: "again" }, "The same again"),
                el("input", {
                    id: "again", name: "again", type: "password", required: true,
                    autocomplete: "new-password", ...passwordLength,
                })),
            el("p", {}, el("button", {}, "Set the password")))),
    actions: {
        async redeem(context, model, form) {
            const fields = new FormData(form);
            if (fields.get("password") !== fields.get("again")) {
                throw new Error("The two passwords differ; nothing was sent.");
            }
            const answer = await post("/accounts", {
                invitation: fields.get("invitation").trim(), password: fields.get("password"),
                cookie: true,
            });
            context.leave("#/");
            await context.reload();
            context.announce(el("p", {}, `Welcome, ${answer.handle}. Next: `,
                el("a", { href: "#/key" }, "make a key for this browser"), "."));
        },
    },
};
