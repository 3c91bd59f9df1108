//! Arguments become inputs.

use std::fs;

use copydesk_ingest::{Error, resolve};
use copydesk_types::Reject;

use crate::support::Folder;

/// Resolves arguments inside a folder; what comes out is relative to it again.
fn resolved(folder: &Folder, arguments: &[&str]) -> (Vec<String>, Vec<Reject>) {
    let arguments: Vec<_> = arguments
        .iter()
        .map(|argument| if *argument == "-" { "-".into() } else { folder.path(argument).into_os_string() })
        .collect();
    let (inputs, rejects) = resolve(&arguments).unwrap();
    let root = format!("{}/", folder.path("").to_str().unwrap().trim_end_matches('/'));
    (inputs.iter().map(|input| input.source().replace(&root, "")).collect(), rejects)
}

#[test]
fn files_folders_and_globs_give_each_input_once_in_order() {
    let folder = Folder::new();
    for name in ["a/2.txt", "a/1.html", "a/b/3.txt", "a.txt", "a/.hidden", "a/.git/x", "[x].txt", "é n\n.txt"]
    {
        folder.write(name, "x");
    }
    fs::create_dir(folder.path("empty")).unwrap();
    for (arguments, inputs) in [
        (&["a"][..], &["a/1.html", "a/2.txt", "a/b/3.txt"][..]),
        (
            &["a.txt", "a", "a/2.txt", "a/./2.txt", "./a//2.txt"],
            &["a.txt", "a/1.html", "a/2.txt", "a/b/3.txt"],
        ),
        (&["a/*.txt"], &["a/2.txt"]),
        (&["**/*.txt"], &["[x].txt", "a.txt", "a/2.txt", "a/b/3.txt", "é n\n.txt"]),
        (&["a/?"], &["a/b/3.txt"]),
        (&["[x].txt"], &["[x].txt"]),
        (&["a/.hidden"], &["a/.hidden"]),
        (&["-", "a.txt"], &["-", "a.txt"]),
        (&["empty"], &[]),
    ] {
        let (found, rejects) = resolved(&folder, arguments);
        assert_eq!(found, inputs, "{arguments:?}");
        assert!(rejects.is_empty());
    }
}

#[test]
fn an_argument_that_matches_nothing_is_an_error_that_names_it() {
    let folder = Folder::new();
    for name in ["gone.txt", "gone/*.txt", "[", "a[b"] {
        let error = resolve(&[folder.path(name)]).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
        assert!(matches!(error, Error::NoMatch(_)) || name.contains('['));
    }
}

#[cfg(unix)]
#[test]
fn special_files_and_loops_of_links_are_rejects_and_nothing_hangs() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("a/page.txt", "x");
    symlink("..", folder.path("a/up")).unwrap();
    symlink("page.txt", folder.path("a/same.txt")).unwrap();
    symlink("nowhere", folder.path("a/dangling.txt")).unwrap();
    symlink("self", folder.path("a/self")).unwrap();
    symlink("/dev/zero", folder.path("a/zero.txt")).unwrap();
    std::process::Command::new("mkfifo").arg(folder.path("a/fifo.txt")).status().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("a/socket.txt")).unwrap();
    let (inputs, rejects) = resolved(&folder, &["a"]);
    assert_eq!(inputs, ["a/page.txt", "a/same.txt"]);
    let told: Vec<_> = rejects
        .iter()
        .map(|reject| (reject.source.rsplit('/').next().unwrap(), reject.code.name()))
        .collect();
    assert_eq!(
        told,
        [
            ("dangling.txt", "unreadable"),
            ("fifo.txt", "not_a_file"),
            ("self", "unreadable"),
            ("socket.txt", "not_a_file"),
            ("up", "not_a_file"),
            ("zero.txt", "not_a_file"),
        ],
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_are_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(folder.path("").join(name), "x").unwrap();
    let (inputs, _) = resolve(&[folder.path("")]).unwrap();
    assert!(inputs[0].source().ends_with("/caf%E9.txt"));
}
