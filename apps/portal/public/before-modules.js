// Zod would try to compile its checks, which the content security policy forbids and reports. It tries as soon as a
// module makes a schema: this runs before all modules. It is where `z.config({ jitless: true })` keeps its setting.
globalThis['__zod_globalConfig'] = { jitless: true };
