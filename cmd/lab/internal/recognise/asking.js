// Asking lab what a picture is. A new question ends the one before: lab then drops it.

let present = null; // the question that waits

// ask sends a picture, and returns what the net says; null if another question came meanwhile. An
// error says in a sentence what is wrong. explain: "" for all classes that are told, "first", "none",
// or the number of a class.
export async function ask(path, picture, explain = "") {
  present?.abort();
  const mine = (present = new AbortController());
  try {
    const answer = await fetch(`${path}?explain=${explain}`, { method: "POST", body: picture, signal: mine.signal });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    return await answer.json();
  } catch (error) {
    if (mine.signal.aborted) return null;
    if (error instanceof TypeError) throw new Error("lab does not answer. If it has ended, start it again, and open the address that it prints");
    throw error;
  }
}

// forget ends the question that waits, if there is one.
export const forget = () => present?.abort();
