;; The editor's door, by Emacs without a window: a finding of the token that is wrong.
;; emacs --batch -q -l tests/clients/lsp.el; PROGRAM is the program, FOLDER a folder to write to.

(require 'eglot)
(require 'flymake)
(require 'project)

(let* ((folder (getenv "FOLDER"))
       (file (expand-file-name "policy.json" folder)))
  (with-temp-file file
    (insert "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\", \"Resource\": \"*\"}}"))
  (setq eglot-sync-connect 10 eglot-confirm-server-initiated-edits nil)
  (find-file file)
  (js-mode)
  (eglot '(js-mode) (cons 'transient folder) 'eglot-lsp-server (list (getenv "PROGRAM") "lsp") "json")
  (let ((tries 0))
    (while (and (< tries 200) (null (flymake-diagnostics)))
      (accept-process-output nil 0.05)
      (flymake-start)
      (setq tries (1+ tries))))
  (let ((found (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
    (if (seq-some (lambda (text) (string-match-p "unknown-action" text)) found)
        (message "lsp: a finding in Emacs")
      (message "lsp, emacs: no finding: %S" found)
      (kill-emacs 1))))
