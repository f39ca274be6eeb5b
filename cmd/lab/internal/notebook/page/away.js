// What the page does while it has no lab, and when it has one again.

const lost = "The connection to lab is lost. Your text is kept here; the page tries to come back. If lab has ended, start it again.";
const refused = "Lab was started anew and does not know this page. Open the address that it printed, in this browser: then this page comes back, too. Your text is kept here.";
const reopened = "Lab was started anew. Your text is all here; what the cells had computed is gone.";

const patience = 600; // milliseconds: a line that comes back sooner is no news

export class Away {
  constructor(page) {
    Object.assign(this, { page, isLost: false });
  }

  onLine(status) {
    clearTimeout(this.losing);
    if (status === "lost") this.losing = setTimeout(() => this.lost(), patience);
  }

  // lost says that there is no line, and what to do where a lab is there that does not let the page in.
  async lost() {
    const { banners, link, toolbar } = this.page;
    this.isLost = true;
    toolbar.show();
    banners.show("lost", lost, [], { urgent: true });
    if (await link.isRefused() && this.isLost) banners.show("lost", refused, [], { urgent: true });
  }

  // back: the line is there, and the snapshot that begins it.
  back(snapshot) {
    const { banners, blocks, edits, notebook } = this.page;
    clearTimeout(this.losing);
    this.isLost = false;
    for (const name of ["lost", "elsewhere"]) banners.hide(name);
    blocks.inert = false;
    const { session } = notebook.about;
    if (session && session !== snapshot.notebook.session) this.reopened(snapshot);
    edits.resend();
  }

  // reopened: lab opened the notebook anew, so that nothing has run there, and blocks may have other names.
  reopened(snapshot) {
    const { page } = this;
    const { act, banners, blocks, edits, notebook, views } = page;
    const { activeElement } = document;
    const go = activeElement.closest(".source, .editing") ? "edit" : blocks.contains(activeElement) ? "select" : "mark";
    const selected = edits.reopened(notebook, snapshot.blocks).get(page.selected);
    for (const view of views.values()) view.destroy();
    views.clear();
    page.selected = null;
    if ([...notebook.states.values()].some(({ order }) => order)) {
      banners.show("reopened", reopened, [{ label: "Run all", do: () => act.runAll() }], { close: true });
    }
    if (selected) queueMicrotask(() => page[go](selected)); // once the blocks stand there
  }
}
