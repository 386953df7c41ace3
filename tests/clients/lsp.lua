-- The editor's door, by Neovim without a window: findings, what a word is, and findings that go when the text is mended.
-- nvim --headless --clean -c 'luafile tests/clients/lsp.lua'; PROGRAM is the program, FOLDER a folder to write to.

local function check(what, holds)
  if not holds then
    io.stderr:write('lsp, neovim: ' .. what .. '\n')
    vim.cmd('cq!')
  end
end

local file = os.getenv('FOLDER') .. '/policy.json'
vim.fn.writefile({'{"Version": "2012-10-17",', ' "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}'}, file)
vim.cmd('edit ' .. file)
local client = vim.lsp.start_client({name = 'iamwhy', cmd = {os.getenv('PROGRAM'), 'lsp'}, root_dir = os.getenv('FOLDER')})
vim.lsp.buf_attach_client(0, client)

local function codes()
  return vim.tbl_map(function(found) return found.code end, vim.diagnostic.get(0))
end

vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 20)
check('no finding', vim.tbl_contains(codes(), 'unknown-action'))
local found = vim.tbl_filter(function(one) return one.code == 'unknown-action' end, vim.diagnostic.get(0))[1]
check('the wrong place', found.lnum == 1 and found.col == 44 and found.end_col == 57)

local line = vim.api.nvim_buf_get_lines(0, 1, 2, false)[1]
vim.api.nvim_buf_set_lines(0, 1, 2, false, {(line:gsub('GetObjct', 'GetObject'))})
vim.wait(10000, function() return not vim.tbl_contains(codes(), 'unknown-action') end, 20)
check('the finding stays', not vim.tbl_contains(codes(), 'unknown-action'))

local at = {textDocument = vim.lsp.util.make_text_document_params(), position = {line = 1, character = 46}}
local told = vim.lsp.buf_request_sync(0, 'textDocument/hover', at, 10000)
check('nothing is told of s3:GetObject', told[client].result.contents.value:find('Amazon S3') ~= nil)
print('lsp: findings, mending and hover in Neovim\n')
vim.cmd('qa!')
