/**
 * Words that are trademarks or reserved, and how they may not be used in names of resources with an endpoint. Source:
 * Microsoft's "Resolve reserved resource name errors".
 */
const reservedWords = new Set(
  [
    'access app_code app_themes app_data app_globalresources app_localresources app_webreferences app_browsers azure bing',
    'bizspark biztalk cortana directx dotnet dynamics excel exchange forefront groove hololens hyperv kinect lync msdn o365',
    'office office365 onedrive onenote outlook powerpoint sharepoint skype visio visualstudio web.config xbox',
  ].flatMap((line) => line.split(' ')),
);
const nowhere = ['microsoft', 'windows'];
const notAtTheStart = 'login';

/** Whether a name is a reserved word, has one in it, or begins with one. */
export function isReservedName(name: string): boolean {
  const text = name.toLowerCase();
  return (
    reservedWords.has(text) || nowhere.some((word) => text.includes(word)) || text.startsWith(notAtTheStart)
  );
}
