// The line to the bot: what happens comes in, what is said goes out.

let token = "";
let source = null;
let handlers = null;

// `news` has a function for each kind of news; `away` is told whether the line is cut.
export function listen(news, away) {
  handlers = { news, away };
  call();
}

export function call() {
  source?.close();
  source = new EventSource("/live");
  for (const [kind, hear] of Object.entries(handlers.news)) {
    source.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      if (data.token) token = data.token;
      handlers.away(false);
      hear(data);
    });
  }
  source.onerror = () => {
    handlers.away(true);
    // Closed for good: the bot was started anew, and wants the password once more.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  };
}

export async function post(path, said) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Token": token },
    body: JSON.stringify(said),
  });
  if (answer.status === 403) call(); // the token is that of an earlier start, or another visitor
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
