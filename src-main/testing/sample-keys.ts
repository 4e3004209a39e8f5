/** Private keys that no program of the tests' own writes: by puttygen 0.78 and OpenSSL 3.0. The passphrase is `correct horse`. */
export const sampleKeys = {
  puttyEd25519: {
    text: `PuTTY-User-Key-File-3: ssh-ed25519
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIB8jTmOzrF5dBFhxRbJyKsJCcbsN0eHFeRlO1gHc
xMtB
Key-Derivation: Argon2id
Argon2-Memory: 64
Argon2-Passes: 2
Argon2-Parallelism: 1
Argon2-Salt: dc4aab3b9a4a02c29dd957a38dc768ee
Private-Lines: 1
nxrWxFegtgC2GEeS/7I5cDqG5Fe4zYo4IOVvRUqSMTWinCRbWG179soM46gqsO5z
Private-MAC: ad62fccd303160ac1b86d5abb18861b1b92b91f3e1c0aa474f5a2dc67a3fd8cf
`,
    blob: 'AAAAC3NzaC1lZDI1NTE5AAAAIB8jTmOzrF5dBFhxRbJyKsJCcbsN0eHFeRlO1gHcxMtB',
  },
  puttyEcdsa: {
    text: `PuTTY-User-Key-File-3: ecdsa-sha2-nistp256
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 3
AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHG8Ebr6vy9h
tyb9b0FozPHLQ7vF8sbRBmXJLC59Dd3dqcei0tjVv/nFL8HyssblZBUDPMkUN9kX
NPxvXPQZ7VI=
Key-Derivation: Argon2i
Argon2-Memory: 64
Argon2-Passes: 2
Argon2-Parallelism: 1
Argon2-Salt: 8b3d152e1b3dd3d2a5373ed1c95c4cc6
Private-Lines: 1
G+qg4oL71etzhT4DICY4hcFIBPLhFh/bdMrZtpaO+nICWI97TPYUtJbjmUjUXpGI
Private-MAC: df58754414aa55c0406769a7a045c0a8be385bdbc8fbfa6b847ae7ee298dd574
`,
    blob: 'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHG8Ebr6vy9htyb9b0FozPHLQ7vF8sbRBmXJLC59Dd3dqcei0tjVv/nFL8HyssblZBUDPMkUN9kXNPxvXPQZ7VI=',
  },
  puttyRsa: {
    text: `PuTTY-User-Key-File-3: ssh-rsa
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 6
AAAAB3NzaC1yc2EAAAADAQABAAABAQCEz7/4fHbpsUlCJxKhyeGpdVi/JdZ7mJof
GD9+rLdgqep5NsmbxGDvYoziYjzoAShO9URtJ2EJ0kI9cQjY54ogs0D3+OqFVMar
v2tw3XzM07cXMbAHmuXUZS8/57sAC4Ou+fseHQuDHtC7ka1vzASowjmquboo//nX
6SWvtQFNG6OEDfuSe09ZS5NfuODK6IF/JnrvS3APB0Jj35ZwJpnPm0WPwSmO6czh
wEzWvi0P7RUC2HPPMERuRKleZG1vqLPRwlIrUgLkJPjcJa1FQCcVG2QV88Mdkqo8
BljCfrABDlgEOS5ounphmGeh++kjWuB04M/3nVnsz12EU9AYAbmt
Key-Derivation: Argon2d
Argon2-Memory: 64
Argon2-Passes: 2
Argon2-Parallelism: 1
Argon2-Salt: b25da9009f6606622e8df8ab29acc54b
Private-Lines: 14
8nt1dtL4bbjtGpuIUFS1mkYnjYNS1aKTo6Hd5pTW3gD3ANQrzgk3tM61/acVlJnZ
1aCbzxf0objQCamOTwy9CezREACxtUhpjZGkxGFCVaHyk8sf+6zuz33OsRIrXO3Y
2yhueWjJXCEfx8VPX3It+ExrU/TV9Vxsd1Z7DkN3GlXwxmmQWS92OuKVwfEB/ka9
fYykD/5jZmnT0uZsW2UMlf7vC7kI6bPs8dRV3z9ERo2t5bxyMZKZB2AZx4egVI3l
mQIXfTbcQeq3mOFeKk1f1kB8qTvsbgoYFse+fuIlZpSH0eUC2gHQtXaAzwIK9Ktu
7poplBEJGuKtOQqIlhNCJcwgR+CXMbvNd3rCjHGDr7njAfn3e4g6kJ1nReSTxpWq
oLbHP6WmgzTWlsCUTJtm3z0JvmxiN3HH2e4mC8LyACvmdWfUUBYU6FquoqBiWl1G
ymC+lAcOIho6TCKAzOCzasMgBKRdAzBoude9jVvs0PBBlGH9XwXZkq9812AkXviJ
ZUZ7X7ZccdZEttrdn1A8w7n7j4g7aoiQctCPilToe+Lb9mcaWGyaW2qGCcZ5gZxp
Z3rN1jWSBuf14kQvBJlAL3dyzuut2P9fcFeBYX9+9v+VgryAdWQdhU3JFRjVQU1T
FwLf7phfoFSvTO2QFD/pPGx0+dpMkFdkrCACo2pfndRB5MzZ7yQjRCvNILjjeRBe
TtQ1JsMxgU5UYCcFHzLH3p6QewHetG7r+Ri9wSQwShU6uun/uQI8KQ1v2ZGAPCYx
ZqgW2a0ZfTkqOfzuYEqOZ8bCU29ZZNEUJBaut9k0LxvjI63s61AAowfgHAraiLmV
62zW5088kFfEjzN2FnHK3aMDFq3YX5ke+WueVTMckfkV9zopHzhHWx3TXrZN7zzG
Private-MAC: 9c3a019f668a62dd099caa8062374e9b0fdaba091d2b5467d6399000fc00b4aa
`,
    blob: 'AAAAB3NzaC1yc2EAAAADAQABAAABAQCEz7/4fHbpsUlCJxKhyeGpdVi/JdZ7mJofGD9+rLdgqep5NsmbxGDvYoziYjzoAShO9URtJ2EJ0kI9cQjY54ogs0D3+OqFVMarv2tw3XzM07cXMbAHmuXUZS8/57sAC4Ou+fseHQuDHtC7ka1vzASowjmquboo//nX6SWvtQFNG6OEDfuSe09ZS5NfuODK6IF/JnrvS3APB0Jj35ZwJpnPm0WPwSmO6czhwEzWvi0P7RUC2HPPMERuRKleZG1vqLPRwlIrUgLkJPjcJa1FQCcVG2QV88Mdkqo8BljCfrABDlgEOS5ounphmGeh++kjWuB04M/3nVnsz12EU9AYAbmt',
  },
  putty2Ed25519: {
    text: `PuTTY-User-Key-File-2: ssh-ed25519
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIASi8z9IhGpK/Zssn494+SE6t3j1OXO07WSznS53
dBF4
Private-Lines: 1
cWAwbcy49NvZJV0vmQat1aWfqvJbLriaSbGJrE3v0Ih5lA3uVHtY+WsynUGmUGBk
Private-MAC: d42ce599650ecc56dadc99061a2b6bc2faf949de
`,
    blob: 'AAAAC3NzaC1lZDI1NTE5AAAAIASi8z9IhGpK/Zssn494+SE6t3j1OXO07WSznS53dBF4',
  },
  putty2Ecdsa: {
    text: `PuTTY-User-Key-File-2: ecdsa-sha2-nistp256
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 3
AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJAJDADP42FL
2R1h3vWl1pdwPtFTg6HRTkgfydBBjf8KMqLKKJgHHc1+hA3W5iXIYbo6xGs8TNxr
NgTuHC0U/hM=
Private-Lines: 1
f5qeINQCPBmuBvLtvg+ST877jEjtd2m1EKKlbUEybTiW6MgWI1qDCiq8XCSaHrFY
Private-MAC: feedbfc99e6e2591f70dae559a602f6da6ff54ff
`,
    blob: 'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJAJDADP42FL2R1h3vWl1pdwPtFTg6HRTkgfydBBjf8KMqLKKJgHHc1+hA3W5iXIYbo6xGs8TNxrNgTuHC0U/hM=',
  },
  puttyEd448: {
    text: `PuTTY-User-Key-File-3: ssh-ed448
Encryption: aes256-cbc
Comment: me@laptop, C:\\new
Public-Lines: 2
AAAACXNzaC1lZDQ0OAAAADl3EjgGB7ShbuFJJXiu3I1xl4NiSsLXYBn9xAQfgVOB
/5oRid7kT9aVkOpVHZURqVlEVMydSk21iQA=
Key-Derivation: Argon2id
Argon2-Memory: 64
Argon2-Passes: 2
Argon2-Parallelism: 1
Argon2-Salt: e3aef48a98329398d764d742f1524da3
Private-Lines: 2
xEw11ZJLevkj9Uzm1UQJCcNqIoaKn46lGEjbKs9toqBV6ZpDbUNalyUxHdvVULn2
gCtUREE+CLC9yoRX5nuLAA==
Private-MAC: c648ae22b542205d8f6ce4c0d4e8ec2705fc86fa74492f2b6b83ef57c3bb9ac3
`,
    blob: 'AAAACXNzaC1lZDQ0OAAAADl3EjgGB7ShbuFJJXiu3I1xl4NiSsLXYBn9xAQfgVOB/5oRid7kT9aVkOpVHZURqVlEVMydSk21iQA=',
  },
  puttyOpen: {
    text: `PuTTY-User-Key-File-3: ssh-ed25519
Encryption: none
Comment: open one
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIJ2i3lZAqO8faewdo7fyutqEZbOJMOJeyjhbaSp7
CSo1
Private-Lines: 1
AAAAIAe6rCuDYW1j1oTMUK3zVEjsTFIbLjufZ9KgcCLMewQG
Private-MAC: 0a44d9b001365c1ba733c6cd697163c95711734d72de601bed7fcab5ae4bcf3a
`,
    blob: 'AAAAC3NzaC1lZDI1NTE5AAAAIJ2i3lZAqO8faewdo7fyutqEZbOJMOJeyjhbaSp7CSo1',
  },
  scrypt: {
    text: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhYWTKk5avyMgICBAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBBOwqRtDdkUVbZ2vyXmI9sMBEBWQa0C2T71uw0M
BaIvEsce5NEnMQ6a+dwvN1eGl/bF+k5hCvu5EuWTARPS45h5DyylT2zvdK7egb0/
angqw2tN
-----END ENCRYPTED PRIVATE KEY-----
`,
    blob: 'AAAAC3NzaC1lZDI1NTE5AAAAIFMrH1t+qGlg44CQISC4OvJuu/UKu+Q/C9239I+EQN/l',
  },
  twoKeyTripleDes: {
    text: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIE6jAcBgoqhkiG9w0BDAEEMA4ECIk9vMOlFvqTAgIIAASCBMhDaAQVt8yWoJxw
u+zDsVcD4ZTPwsq4a1h3zPROIniNuRGubArD7oyRCJF10cQtmVYySlYHUvoL87A3
SXsFRnATlaVy8B0ZpDBY039oBCqZiHxnXCOFHYB3SLM2Ko6YSEeP87WQx3woRUYo
EdDnf1oKClElEM18wH3H1Y0CBKx1zuwVYAg/JuIf92ZCwNB+6p62WPyRHxrmUG2W
/OvbZ/Ephe5HIpWPydZJqUcf3rq19C5S36gpJf6Du4A43XxZxpXr5sxYPi9tUHxu
0gkM+kAquzFdFVTw5VjhEyK2jTM4wBtqxubqU1VOx5wdzoRcGI3fNR/UVHc4zWwv
zFc00UPu19PWfBDNokdNI3UyMf82NwgeAyNMBtitl2u3rTPwuyR2hBsclMgAQoUl
g4g6ky2iIV+3EpDsOVJP8CiC9nQnFVGstDMh9/Pi201SZPkQoaDmwSeQ822rXF8C
AE1I6qEVH/0IZ9CI8m1H9p5nqu5pvGsUtL1U8pSdQ7EyN+IrkLRLWZyTgwE3vck6
CO1XqlyFlOFwPmx3QgVbNGFv1igPChWXoruj0FBWqy+//Z2mXpyFiXAq5GnU6TQW
Vg6ksll+4ndkk+Sa2LD23Li+k1z4Ni04Fj4PjkpSa5mX8A62+aV449iY2G2buDyp
llr4cRfjdDzBxG2kkeEnjYKvWIZWPLROg0SopCClAT12sL4u4Yj6pw1nPQYThqDq
Rc/jHUqZj0bejk8QJ3LVuPMs+UZuNmCHFVXzpN7d2pW4+xQudAIkG7dosIz3FJv6
vqGLOU0DuSHrGIIgTTEWk/YQRb1dZcRrhWRh4ypSeWlVWJlQ5Siqrb7UlLhbRMFg
oNwJ0hkS5pLAaSu6hFgreYwvAQpkYBnGyzFRLELxvHSy6LkdKPkQ3Ra+/9rohXE/
ncaIAiTINqI/B4vAyz8Cs/rPr9jQBnwZ/ePgwj8i/hdfYRS/58FJ4mFB1QA5aWvc
HSb4Sxd11j7Kx+OwcicG+OdtUJiyrp9nhuQ+NsBbfVSl6kHk4IYcENU1SPzXaGj6
FdeN2fehZy7sxZXo8jAzHSzRDRBPAOjmZOJ7UDn0gFQNAD7dVBeZURzUtfDO34sI
qIPq+AbQ7m1U0SD5/04CdUnvjbIKT/pU7XStpAGjyUWG6YNP926V66l4gdq456Dv
nc8ZTNY585Ac0CLQewngjKciSNhN0vmF/QRy9y6EpmqJh6x/uUifCIi1qRDRiz0k
QwN+Appcw7Xco2Y8nf6wqtviAKjDm4tXiGxV4gV1wCPm9vmAw1a3VDClhU8xbbHH
7EWXktdEwCxKb98SSLRCdJSZTcA20JRsMPSdZ8b2BcFe1ji+mTZG2pErkJ0P1iU+
0Rc1VvLCI+jsSvVmoC07B/kDAEhWqh1ORQl+yFgvY5+vWk/zn6ES68NVQn8WQOWD
3/00EH7qPJggm0Ms8uYXWYH/RNd7YcheetJ9LDRNe5Nn1TERKrSJfHsPmCnGNZDz
rNeYWPPq5anSdSNrePLfAKettHTlh55ItrfSfKR6ZT2/08AnwuxK8OOOMYPqncMX
tLLLRlh7q9Lrtv02k/CaoeKVBB6QgvNu7HpH/yA9ycfV0h07axI8d2pecKq1nQVa
GRi8bNqZoVshSWB4BvA=
-----END ENCRYPTED PRIVATE KEY-----
`,
    blob: 'AAAAB3NzaC1yc2EAAAADAQABAAABAQChNhjrsfE8i3Nsh1zOXxMOTvMljtfj6mg5NgFlReQrJ0Bn7ga9eVtRkZHiEvy/SVj25Fsghyyw7lIh8TNg4vggi7oAOsJLo71B77Pgx2FSAMnTpub0jg7p+Houfv2qXFT9h09sdRRs2fenc90JuUEFRPIDFgD2LAbM/1xEHRFPVm/2V7LAglHd77YN7sl85jBAIabKyEIYIST1DY8gf7zlxXyPDgXEtDtdGXU5YHh9codTJtY3Ltj3kGMK1fDV7FJxyBVDrt8Pbmmj563+p1pWJft7jOeVhn8HCwIEErtF488ES6xIokxs5ABBmipRqghLn/Y2Cd0FiPoKskGreFd3',
  },
} as const
