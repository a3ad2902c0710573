"""Passwords as commands take them: behind a flag, joined to a user, in a file that a client reads."""

from __future__ import annotations

from changebook.privacy.rule import Rule
from changebook.privacy.secrets import MIXED, SECRET, labeled

# Each tool that takes a password, by the flag it takes it with.
_FLAGS = (
    r"(?:\b(?:mysql\w*|mariadb\w*|mongo\w*|sshpass|docker|podman|nerdctl|buildah|skopeo|crane|helm|oc|az|az acr|nuget"
    r"|smbclient|ldap\w+|sqlcmd|bcp|osql|isql|psexec\d*|plink|pscp|psftp|redis-cli|ipmitool|zip|unzip|7za?|unrar|rar"
    r"|keytool|jarsigner|gpg2?|xfreerdp|rdesktop|cmdkey|net use|wget|http|curl|kinit|vault|argocd|jfrog|jf|dcmsend"
    r"|storescu|winexe|snmp\w+|mount\.cifs|rclone|tnsping|cqlsh|clickhouse-client|cli|ftp|ncftp\w*|mc|login)\b"
    r"(?!\.)[^\n|]{0,120}?"
    r"\s(?:-(?:p|P|pw|w|a|A|x|X)\s?|(?:--?|/)(?:password|passwd|passphrase|pass|pw|storepass|keypass|secret|token|p|P)"
    r"[ =:]\s?))[\"']?"
)
_VALUE = r"([^\s\"'`,;)]{5,})"
# curl -u NAME:..., lftp -u NAME,..., smbclient -U NAME%...
_JOINED = r"\s(?:-[uU]\s?|--(?:proxy-)?user[ =])[\"']?[\w.@\\-]+[:,%]"
_ORACLE = (
    r"\b(?:sqlplus|sqlcl|sqlldr|expdp|impdp|exp|imp|rman|connect|conn|userid=)\b[^\n@|]{0,40}?[\s=\"'][\w$.]+/[\"']?"
    r"([^\s\"'@/]{4,})[\"']?@[\w/]"
)
# HOST:PORT:DATABASE:USER:... of a .pgpass file.
_PGPASS = r"(?<![\w:.-])[\w.*-]+:(?:\d{2,5}|\*):[\w*-]+:[\w.*-]+:([^\s:\"'`]{6,})"
_TYPED = (
    r"(?:ConvertTo-SecureString\s(?:-String\s)?|\bpass:|-p\S{0,20}\spass:|\becho\s)[\"']?([^\s\"'`|;]{6,})[\"']?"
    r"(?=\s*(?:\|\s?(?:sudo|docker|kinit|passwd|chpasswd)|-AsPlainText|-Force|\s|$))"
)
_NET_USE = r"\bnet use\b[^\n]{0,80}?\s([^\s\"'`/\\]{5,})\s/user:"
_CHPASSWD = r"\becho\s[\"']?[\w.-]+:([^\s\"'`|;]{6,})[\"']?\s?\|\s?(?:sudo\s)?chpasswd"

_FLAGGED = (" -p", " -w ", " -a ", " -x ", "--pass", "--token", "--secret", "/p:", "/pass", "-storepass", "-keypass")
COMMAND_RULES = (
    Rule("password", SECRET, f"{_FLAGS}{_VALUE}", _FLAGGED, labeled, f"{_FLAGS}{MIXED}", secret=True),
    Rule("password", SECRET, f"{_JOINED}{_VALUE}", (" -u", "user"), labeled, f"{_JOINED}{MIXED}", secret=True),
    Rule("password", SECRET, _ORACLE, ("sql", "exp", "imp", "rman", "conn", "userid"), labeled, secret=True),
    Rule("password", SECRET, _PGPASS, (":5432", ":5433", ":6432", ":*:", "pgpass"), labeled, secret=True),
    Rule("password", SECRET, _TYPED, ("securestring", "pass:", "echo "), labeled, secret=True),
    Rule("password", SECRET, _NET_USE, ("net use",), labeled, secret=True),
    Rule("password", SECRET, _CHPASSWD, ("chpasswd",), labeled, secret=True),
)
