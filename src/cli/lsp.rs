//! `lsp`: what an editor asks, over standard input and output.

use std::collections::VecDeque;

use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};

use super::exit::Exit;
use super::output::Output;
use super::world::Start;
use crate::disk::Confined;
use crate::lsp::{ScriptReach, Server};
use crate::session::Outside;
use crate::source::Diagnostic;

/// The code of the protocol for a request that its editor took back.
const CANCELLED: i32 = -32800;

/// The code of the protocol for what is asked behind `shutdown`.
const INVALID: i32 = -32600;

/// Answers until the editor says `exit`.
pub(super) fn serve(start: &Start, output: &Output) -> Result<Exit, Exit> {
    let session = start.or_empty(output)?;
    let (editor, threads) = Connection::stdio();
    let began = editor.initialize_start();
    let (id, _) = began.map_err(|wrong| broken(&wrong.to_string(), output))?;
    let said = json!({"capabilities": Server::abilities(), "serverInfo": {"name": "iamwhy", "version": env!("CARGO_PKG_VERSION")}});
    editor.initialize_finish(id, said).map_err(|wrong| broken(&wrong.to_string(), output))?;
    let allow_outside = start.allow_outside;
    let below = move |path: &str| Box::new(Confined::of(path, allow_outside)) as Box<dyn Outside>;
    let mut desk = EditorDesk {
        server: Server::new(session, ScriptReach(&below)),
        editor,
        waiting: VecDeque::new(),
        is_shut: false,
    };
    desk.work();
    let is_shut = desk.is_shut;
    drop(desk);
    // What an editor does not take any more is no fault of the answers.
    drop(threads.join());
    Ok(if is_shut { Exit::Done } else { Exit::Failed })
}

fn broken(wrong: &str, output: &Output) -> Exit {
    output.invalid(&[Diagnostic::error("no-editor", format!("no editor speaks here: {wrong}"))])
}

/// What is between the streams and the server.
struct EditorDesk<'s> {
    server: Server<'s>,
    editor: Connection,
    /// What has come and is not answered yet, so that it can be taken back.
    waiting: VecDeque<Message>,
    is_shut: bool,
}

impl EditorDesk<'_> {
    fn work(&mut self) {
        while let Some(message) = self.next() {
            match message {
                Message::Request(request) => self.answer(request),
                Message::Notification(told) if told.method == "exit" => return,
                Message::Notification(told) => {
                    let known = self.server.notice(&told.method, &told.params);
                    known.into_iter().for_each(|found| self.publish(found));
                }
                Message::Response(_) => {}
            }
        }
    }

    /// The next message. Before it waits for one, the texts that changed are looked at.
    fn next(&mut self) -> Option<Message> {
        while let Ok(message) = self.editor.receiver.try_recv() {
            self.take(message);
        }
        if self.waiting.is_empty() {
            let settled = self.server.settle();
            settled.into_iter().for_each(|found| self.publish(found));
            let message = self.editor.receiver.recv().ok()?;
            self.take(message);
        }
        self.waiting.pop_front()
    }

    /// Takes a message in; one that takes a request back is carried out at once.
    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(told) if told.method == "$/cancelRequest" => self.cancel(&told.params),
            message => self.waiting.push_back(message),
        }
    }

    fn cancel(&mut self, params: &Value) {
        let id = params.get("id").map(Value::to_string);
        let is_meant = |message: &Message| {
            let Message::Request(request) = message else { return false };
            serde_json::to_string(&request.id).ok() == id
        };
        let Some(at) = self.waiting.iter().position(is_meant) else { return };
        if let Some(Message::Request(request)) = self.waiting.remove(at) {
            self.send(Response::new_err(request.id, CANCELLED, "it was taken back".to_owned()).into());
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if method == "shutdown" {
            // An editor may say it twice.
            self.is_shut = true;
            return self.send(Response::new_ok(id, Value::Null).into());
        }
        if self.is_shut {
            return self.send(Response::new_err(id, INVALID, "the server is shut down".to_owned()).into());
        }
        let answer = match self.server.answer(&method, &params) {
            Ok(found) => Response::new_ok(id, found),
            Err(wrong) => Response::new_err(id, wrong.code, wrong.message),
        };
        if method == "workspace/executeCommand"
            && let Ok(told) = &answer.response_result
        {
            let shown = json!({"type": 3, "message": told});
            self.send(Notification::new("window/showMessage".to_owned(), shown).into());
        }
        self.send(answer.into());
    }

    fn publish(&mut self, found: Value) {
        self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), found).into());
    }

    fn send(&mut self, message: Message) {
        // An editor that is gone takes nothing; the end of its messages ends the work.
        drop(self.editor.sender.send(message));
    }
}
