/**
 * Names that Azure refuses for the admin user of a machine, in lower case. Source: Compute REST reference,
 * `osProfile.adminUsername` “Disallowed values”; `video` from the Linux virtual machines' frequently asked questions.
 */
export const azureReservedUserNames: readonly string[] = [
  '1',
  '123',
  'a',
  'actuser',
  'adm',
  'admin',
  'admin1',
  'admin2',
  'administrator',
  'aspnet',
  'backup',
  'console',
  'david',
  'guest',
  'john',
  'owner',
  'root',
  'server',
  'sql',
  'support',
  'support_388945a0',
  'sys',
  'test',
  'test1',
  'test2',
  'test3',
  'user',
  'user1',
  'user2',
  'user3',
  'user4',
  'user5',
  'video',
];

/**
 * Accounts and groups that Ubuntu 24.04 and Debian 12 server images (with Docker) already have: making the admin
 * user under such a name fails on the machine, or leaves it without its key.
 */
export const linuxSystemNames: readonly string[] = [
  '_apt',
  'audio',
  'bin',
  'cdrom',
  'crontab',
  'daemon',
  'dialout',
  'dip',
  'disk',
  'docker',
  'dnsmasq',
  'fax',
  'floppy',
  'fwupd-refresh',
  'games',
  'gnats',
  'input',
  'irc',
  'kmem',
  'kvm',
  'landscape',
  'list',
  'lp',
  'lxd',
  'mail',
  'man',
  'messagebus',
  'netdev',
  'news',
  'nobody',
  'nogroup',
  'operator',
  'plugdev',
  'pollinate',
  'polkitd',
  'proxy',
  'render',
  'sasl',
  'sgx',
  'shadow',
  'src',
  'sshd',
  'staff',
  'sudo',
  'sync',
  'syslog',
  'systemd-journal',
  'systemd-network',
  'systemd-resolve',
  'systemd-timesync',
  'tape',
  'tcpdump',
  'tss',
  'tty',
  'usbmux',
  'users',
  'utmp',
  'uucp',
  'uuidd',
  'voice',
  'www-data',
  '_chrony',
  '_ssh',
];

/** Says what is wrong with a name for the admin user, or nothing when Azure and Linux take it. */
export function checkAdminUsername(value: string): string | undefined {
  if (value === '') return 'Enter a user name: you will sign in to the machines with it.';
  if (value.length > 32) return `A Linux user name has at most 32 characters; this one has ${value.length}.`;
  if (!/^[A-Za-z_]/.test(value)) return 'A user name starts with a letter or an underscore.';
  if (!/^[A-Za-z0-9_-]+$/.test(value))
    return 'Use only letters, digits, hyphens and underscores in the user name.';
  const lowerCase = value.toLowerCase();
  if (azureReservedUserNames.includes(lowerCase))
    return `Azure reserves the name “${value}”. Choose another, for example azureuser.`;
  if (linuxSystemNames.includes(lowerCase))
    return `“${value}” is a system account or group on the machines. Choose another, for example azureuser.`;
  return undefined;
}
