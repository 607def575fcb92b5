import pytest

from desktop_app.projects.network_drive import is_network_drive

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home {root}/far nfs4 rw 0 0
/dev/sdb1 {root}/far/near xfs rw 0 0
//nas/share {root}/with\\040blank cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [("here", False), ("far", True), ("far/sub", True), ("far/near", False), ("farther", False),
     ("with blank", True)],
)  # fmt: skip
def test_the_innermost_drive_decides(tmp_path, folder, remote):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(root=tmp_path))
    (tmp_path / folder).mkdir(parents=True)
    assert is_network_drive(tmp_path / folder, mounts) is remote


def test_where_nothing_is_known_it_is_none(tmp_path):
    assert not is_network_drive(tmp_path, tmp_path / "missing")
