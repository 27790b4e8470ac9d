/** Addresses that a page, a note or an imported file may try: none may be opened, shown or asked for. */

const schemes = [
  'http', 'ftp', 'ftps', 'sftp', 'file', 'smb', 'nfs', 'ldap', 'ssh', 'telnet', 'javascript', 'vbscript', 'data', 'blob', 'about', 'chrome', 'devtools', 'view-source', 'filesystem', 'ms-msdt', 'search-ms', 'ms-officecmd',
  'ms-word', 'ms-excel', 'ms-settings', 'ms-appinstaller', 'shell', 'res', 'mk', 'jar', 'hcp', 'steam', 'slack', 'vscode', 'tel', 'sms', 'facetime', 'skype', 'zoommtg', 'x-apple', 'intent', 'market', 'magnet', 'ws', 'wss', 'gopher', 'news', 'irc', 'git', 'svn',
] as const;

const onHosts = schemes.flatMap((scheme) => [`${scheme}://example.com/`, `${scheme}:calc.exe`, `${scheme.toUpperCase()}:///etc/passwd`]);

const tricks = [
  '', ' ', 'https:', 'https://', '//example.com', '/etc/passwd', 'C:\\Windows\\System32\\calc.exe', '\\\\server\\share\\a.exe', 'calc.exe', 'example.com', 'mailto', 'https//example.com',
  ' https://example.com', 'https://example.com ', '\thttps://example.com', 'java\nscript:alert(1)', 'javascript://example.com/%0aalert(1)', 'data:text/html,<script>alert(1)</script>', 'data:text/html;base64,PHNjcmlwdD4=',
  'https://user:password@example.com/', 'https://example.com@evil.example/', 'https://evil.example\\@example.com/', 'https://example.com/"&calc.exe', "https://example.com/`calc`", 'https://example.com/<x>', 'https://example.com/a b',
  'https://example.com/\u0000', 'https://example.com/\r\nHost: evil', 'https://exa mple.com/', 'https://[::1', `https://example.com/${'a'.repeat(2000)}`, 'https://%00/', 'https://exam|ple.com',
  'mailto:a@example.com?attach=/etc/passwd', 'mailto:a@example.com?attachment=C:%5Csecret.txt', 'mailto:a@example.com?X-Header=1', 'mailto:a@example.com%0d%0aBcc:b@example.com', 'mailto:a@example.com?subject=x"&calc',
  'file:///C:/Windows/System32/calc.exe', 'file://server/share/a.lnk', 'app://bureau.evil/', 'app://evil/', 'app://bureau@evil/', 'app://bureau:8080/', 'app:bureau', 'app:///bureau/', 'blob:https://example.com/1', 'about:blank', 'about:srcdoc', 'chrome://gpu',
] as const;

export const hostile: readonly string[] = [...new Set<string>([...onHosts, ...tricks])];
