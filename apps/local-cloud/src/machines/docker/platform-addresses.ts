/**
 * Azure's virtual public address: DNS of every virtual network, and where health probes come from. Source: Azure's
 * documentation, "What is IP address 168.63.129.16?".
 */
export const platformAddress = '168.63.129.16';

/** Address of the instance metadata service, HTTP on port 80. Source: Azure's documentation of that service. */
export const metadataAddress = '169.254.169.254';
