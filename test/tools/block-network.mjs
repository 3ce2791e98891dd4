// Preloaded by checks/no-network.mjs: whatever asks for the network is written down and fails.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const block = (name) => () => {
  appendFileSync(process.env.MAESTRO_NETWORK_RECORD, `${name}\n`);
  throw new Error(`${name} was called where there is no network`);
};

net.Socket.prototype.connect = block('net.connect');
net.Server.prototype.listen = block('net.listen');
dgram.createSocket = block('dgram.createSocket');
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner)) {
    if (/^(lookup|resolve|reverse)/.test(name)) owner[name] = block(`dns.${name}`);
  }
}
globalThis.fetch = block('fetch');
syncBuiltinESMExports();
