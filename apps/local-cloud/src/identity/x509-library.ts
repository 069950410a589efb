// The order matters: the certificate library needs the reflection polyfill to be there before it is loaded.
export * as reflection from 'reflect-metadata';
export * as x509 from '@peculiar/x509';
